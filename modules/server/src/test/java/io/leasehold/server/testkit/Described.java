package io.leasehold.server.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.leasehold.api.OpenApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds answers against the description of the interface: its status, its headers, its media type, and every field of its
 * body. Fields that are not described are refused, though clients pass over them. Thread-safe.
 */
public final class Described {
    /** Answered before it is known what the request is, as the document's introduction says. */
    private static final int HEADERS_TOO_LONG = 431;

    private static final JsonNode DOCUMENT = closed();
    private static final Map<JsonNode, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Described() {}

    /** @throws AssertionError if a coordinator may not answer so */
    static void check(HttpResponse<String> response) {
        String method = response.request().method().toLowerCase(java.util.Locale.ROOT);
        String path = response.request().uri().getRawPath();
        String what = method + " " + path + " " + response.statusCode();
        if (response.statusCode() == HEADERS_TOO_LONG) {
            assertThat(response.body()).as(what).isEmpty();
            return;
        }
        JsonNode operation = operation(method, path);
        if (operation == null) {
            assertThat(response.statusCode()).as(what).isIn(400, 404, 405);
            checkBody(what, problemOf(response.statusCode()), response);
            return;
        }
        JsonNode described = operation.at("/responses/" + response.statusCode());
        assertThat(described.isMissingNode()).as(what + " is not described").isFalse();
        checkBody(what, resolved(described), response);
    }

    public static JsonNode document() {
        return DOCUMENT;
    }

    private static JsonNode operation(String method, String path) {
        for (Map.Entry<String, JsonNode> each : DOCUMENT.get("paths").properties()) {
            boolean matches = path.matches(each.getKey().replaceAll("\\{\\w+}", "[^/]+"));
            if (matches && each.getValue().has(method)) {
                return each.getValue().get(method);
            }
        }
        return null;
    }

    private static JsonNode problemOf(int status) {
        for (JsonNode response : DOCUMENT.at("/components/responses")) {
            for (JsonNode example : response.at("/content/application~1problem+json/examples")) {
                if (example.at("/value/status").asInt() == status) {
                    return response;
                }
            }
        }
        throw new AssertionError("no problem with the status " + status + " is described");
    }

    private static void checkBody(String what, JsonNode described, HttpResponse<String> response) {
        described.path("headers").fields().forEachRemaining(header -> {
            String value = response.headers().firstValue(header.getKey()).orElse(null);
            assertThat(value).as(what + " " + header.getKey()).isNotNull();
            JsonNode schema = resolved(header.getValue()).get("schema");
            boolean number = "integer".equals(schema.path("type").asText());
            checkValue(what + " " + header.getKey(), schema, number ? value : '"' + value + '"');
        });
        assertThat(response.headers().firstValue("retry-after").isPresent())
                .as(what + " has Retry-After")
                .isEqualTo(described.path("headers").has("Retry-After"));
        String type = response.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
        JsonNode body = described.path("content").path(type);
        assertThat(body.isMissingNode())
                .as(what + " as " + type + " is not described")
                .isFalse();
        if (type.endsWith("json")) {
            checkValue(what, body.get("schema"), response.body());
        }
    }

    private static void checkValue(String what, JsonNode schema, String json) {
        assertThat(SCHEMAS.computeIfAbsent(schema, Described::compiled).validate(json, InputFormat.JSON))
                .as(what + " " + json)
                .isEmpty();
    }

    private static Schema compiled(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", DOCUMENT.at("/components/schemas"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString().replace("#/components/schemas/", "#/$defs/"));
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static JsonNode closed() {
        try {
            JsonNode document = new ObjectMapper().readTree(OpenApi.document());
            for (JsonNode schema : document.at("/components/schemas")) {
                if (schema.has("properties") && !schema.has("additionalProperties")) {
                    ((ObjectNode) schema).put("additionalProperties", false);
                }
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
