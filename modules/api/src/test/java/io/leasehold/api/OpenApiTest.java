package io.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The document and the code that reads requests and writes answers are two statements of one interface. */
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = read(new String(OpenApi.document(), StandardCharsets.UTF_8));

    /** Whose fields the schema's properties are. */
    private static final Map<String, List<Class<?>>> RECORDS = Map.ofEntries(
            Map.entry("SubmitAnswer", List.of(SubmitAnswer.class)),
            Map.entry("PollRequest", List.of(PollRequest.class)),
            Map.entry("PollAnswer", List.of(PollAnswer.class)),
            Map.entry("Grant", List.of(Grant.class)),
            Map.entry("GrantedTask", List.of(GrantedTask.class)),
            Map.entry("HeartbeatRequest", List.of(HeartbeatRequest.class)),
            Map.entry("HeartbeatAnswer", List.of(HeartbeatAnswer.class)),
            Map.entry("HeartbeatEntry", List.of(HeartbeatAnswer.Entry.class)),
            Map.entry("ReportRequest", List.of(ReportRequest.class)),
            Map.entry("ReportEntry", List.of(ReportRequest.Entry.class)),
            Map.entry("ReportAnswer", List.of(ReportAnswer.class)),
            Map.entry("ReportVerdict", List.of(ReportAnswer.Entry.class)),
            Map.entry("HintRequest", List.of(HintRequest.class)),
            Map.entry("HintEntry", List.of(HintRequest.Entry.class)),
            Map.entry("HintAnswer", List.of(HintAnswer.class)),
            Map.entry("TaskView", List.of(TaskView.class)),
            Map.entry("LeaseView", List.of(TaskView.LeaseView.class)),
            Map.entry("CancelAnswer", List.of(CancelAnswer.class)),
            Map.entry("QueuesView", List.of(QueuesView.class)),
            Map.entry("QueueView", List.of(QueuesView.QueueView.class)),
            Map.entry("DeadView", List.of(DeadView.class)),
            Map.entry("RedriveRequest", List.of(RedriveRequest.class)),
            Map.entry("RedriveAnswer", List.of(RedriveAnswer.class)),
            Map.entry("PurgeRequest", List.of(PurgeRequest.class)),
            Map.entry("PurgeAnswer", List.of(PurgeAnswer.class)),
            Map.entry("GrowRequest", List.of(GrowRequest.class)),
            Map.entry("MoveRequest", List.of(MoveRequest.class)),
            Map.entry("DrainRequest", List.of(DrainRequest.class)),
            Map.entry("InboxesView", List.of(InboxesView.class)),
            Map.entry("InboxView", List.of(InboxesView.Inbox.class)),
            Map.entry("ClusterView", List.of(ClusterView.class)),
            Map.entry("CoordinatorView", List.of(ClusterView.Coordinator.class)),
            Map.entry("RingView", List.of(ClusterView.Ring.class)),
            Map.entry("ShardView", List.of(ClusterView.ShardView.class)),
            Map.entry("Problem", List.of(Problem.class, BesidesAProblem.class)));

    /** What an answer 421 has besides, and one to a submission. */
    private record BesidesAProblem(String owner, String id) {}

    @Test
    void documentIsWellFormed() {
        assertThat(new OpenAPIV3Parser().readContents(DOCUMENT.toString()).getMessages())
                .isEmpty();
        assertThat(DOCUMENT.at("/openapi").asText()).startsWith("3.1.");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = DOCUMENT.findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void taskIsDescribedAsByTheSchemaOfTheInbox() throws IOException {
        String inbox = new String(
                OpenApi.class.getResourceAsStream("task-v1.schema.json").readAllBytes(), StandardCharsets.UTF_8);
        ObjectNode task = (ObjectNode) read(inbox.replace("#/$defs/", "#/components/schemas/"));
        JsonNode definitions = task.remove("$defs");
        task.remove(List.of("$schema", "$id"));

        assertThat(DOCUMENT.at("/components/schemas/Task")).isEqualTo(task);
        assertThat(definitions.fieldNames()).toIterable().isNotEmpty();
        definitions
                .fields()
                .forEachRemaining(definition -> assertThat(DOCUMENT.at("/components/schemas/" + definition.getKey()))
                        .isEqualTo(definition.getValue()));
    }

    @Test
    void everyExampleIsValidAgainstItsSchema() {
        List<String> seen = new ArrayList<>();
        for (JsonNode holder : DOCUMENT.findParents("schema")) {
            JsonNode schema = holder.get("schema");
            List<JsonNode> examples = new ArrayList<>();
            if (holder.has("example")) {
                examples.add(holder.get("example"));
            }
            holder.path("examples").forEach(example -> examples.add(example.get("value")));
            for (JsonNode example : examples) {
                seen.add(example.toString());
                assertThat(errors(schema, example)).as(example.toString()).isEmpty();
            }
        }
        assertThat(seen).hasSizeGreaterThan(40);
    }

    @Test
    void everyBodyHasAnExample() {
        for (JsonNode content : DOCUMENT.findValues("content")) {
            content.fields().forEachRemaining(body -> {
                boolean isThisDocument =
                        body.getValue().at("/schema/required/0").asText().equals("openapi");
                assertThat(isThisDocument || !body.getValue().path("examples").isEmpty())
                        .as(content.toString())
                        .isTrue();
            });
        }
    }

    @Test
    void requestExamplesAreTakenByTheReaders() throws InvalidRequest {
        List<String> read = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.get("paths").properties()) {
            for (JsonNode example : path.getValue().at("/post/requestBody/content/application~1json/examples")) {
                byte[] body = example.get("value").toString().getBytes(StandardCharsets.UTF_8);
                readRequest(path.getKey(), body);
                read.add(path.getKey());
            }
        }
        assertThat(read).contains(Routes.TASKS, Routes.POLL, Routes.HEARTBEAT, Routes.REPORT, Routes.REDRIVE);
    }

    private static void readRequest(String path, byte[] body) throws InvalidRequest {
        TaskReader tasks = new TaskReader(100_000);
        switch (path) {
            case Routes.TASKS -> {
                if (TaskReader.isArray(body)) {
                    assertThat(tasks.readArray(body)).allMatch(item -> item.error() == null);
                } else {
                    tasks.read(body);
                }
            }
            case Routes.POLL -> RequestReader.poll(body);
            case Routes.HEARTBEAT -> RequestReader.heartbeat(body);
            case Routes.REPORT -> RequestReader.report(body);
            case Routes.HINT -> RequestReader.hint(body);
            case Routes.REDRIVE -> RequestReader.redrive(body);
            case Routes.PURGE -> RequestReader.purge(body);
            case Routes.GROW -> RequestReader.grow(body);
            case Routes.MOVE -> RequestReader.move(body);
            case Routes.DRAIN -> RequestReader.drain(body);
            default -> throw new AssertionError(path + ": no reader (expected: one for every request with a body)");
        }
    }

    @Test
    void objectsHaveTheFieldsThatTheCodeReadsAndWrites() {
        RECORDS.forEach((schema, records) -> {
            TreeSet<String> fields = new TreeSet<>();
            for (Class<?> each : records) {
                Arrays.stream(each.getRecordComponents())
                        .map(RecordComponent::getName)
                        .forEach(fields::add);
            }
            TreeSet<String> described = new TreeSet<>();
            DOCUMENT.at("/components/schemas/" + schema + "/properties")
                    .fieldNames()
                    .forEachRemaining(described::add);
            assertThat(described).as(schema).isEqualTo(fields);
        });
        DOCUMENT.at("/components/schemas").fields().forEachRemaining(schema -> {
            if (schema.getValue().has("properties") && !schema.getKey().equals("Task")) {
                assertThat(RECORDS).containsKey(schema.getKey());
            }
        });
    }

    @Test
    void everyKindOfProblemIsDescribedWithItsStatus() {
        for (ProblemCode code : ProblemCode.values()) {
            List<JsonNode> examples = DOCUMENT.at("/components/responses").findValues(code.word());
            assertThat(examples).as(code.word()).hasSize(1);
            JsonNode problem = examples.get(0).get("value");
            assertThat(problem.get("type").asText()).isEqualTo(code.type());
            assertThat(problem.get("title").asText()).isEqualTo(code.title());
            assertThat(problem.get("status").asInt()).isEqualTo(code.status());
        }
        assertThat(texts("/components/schemas/Problem/properties/code/enum"))
                .containsExactlyElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::word)
                        .toList());
        assertThat(texts("/components/schemas/Problem/properties/type/enum"))
                .containsExactlyElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::type)
                        .toList());
    }

    @Test
    void boundsAreThoseOfTheReaders() {
        assertThat(bound("PollRequest/properties/max/maximum")).isEqualTo(Limits.MAX_LEASES_PER_REQUEST);
        assertThat(bound("PollRequest/properties/waitMs/maximum")).isEqualTo(Limits.MAX_WAIT_MS);
        assertThat(bound("PollRequest/properties/leaseMs/minimum")).isEqualTo(Limits.MIN_LEASE_MS);
        assertThat(bound("PollRequest/properties/leaseMs/maximum")).isEqualTo(Limits.MAX_LEASE_MS);
        assertThat(bound("PollRequest/properties/queues/maxItems")).isEqualTo(Limits.MAX_QUEUES_PER_POLL);
        assertThat(bound("HeartbeatRequest/properties/leases/maxItems")).isEqualTo(Limits.MAX_LEASES_PER_REQUEST);
        assertThat(bound("HeartbeatRequest/properties/leases/items/maxLength"))
                .isEqualTo(Limits.MAX_LEASE_TOKEN_LENGTH);
        assertThat(bound("ReportRequest/properties/reports/maxItems")).isEqualTo(Limits.MAX_LEASES_PER_REQUEST);
        assertThat(bound("ReportEntry/properties/retryAfterMs/maximum")).isEqualTo(Limits.MAX_DELAY_MS);
        assertThat(bound("RedriveRequest/properties/ids/maxItems")).isEqualTo(Limits.MAX_IDS_PER_REDRIVE);
        assertThat(bound("RedriveRequest/properties/limit/maximum")).isEqualTo(Limits.MAX_REDRIVE);
        assertThat(bound("PurgeRequest/properties/ids/maxItems")).isEqualTo(Limits.MAX_IDS_PER_PURGE);
        assertThat(bound("PurgeRequest/properties/limit/maximum")).isEqualTo(Limits.MAX_PURGE);
        assertThat(bound("GrowRequest/properties/shards/maximum")).isEqualTo(Limits.MAX_SHARDS);
        assertThat(DOCUMENT.at("/components/parameters/Limit/schema/maximum").asInt())
                .isEqualTo(Limits.MAX_DEAD_PER_PAGE);
    }

    private static long bound(String pointer) {
        return DOCUMENT.at("/components/schemas/" + pointer).asLong(-1);
    }

    private static List<String> texts(String pointer) {
        List<String> texts = new ArrayList<>();
        DOCUMENT.at(pointer).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<Error> errors(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", DOCUMENT.at("/components/schemas"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString().replace("#/components/schemas/", "#/$defs/"))
                .validate(
                        value.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
