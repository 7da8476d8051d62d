package io.leasehold.cli.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leasehold.api.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a command printed, as a task's result. */
final class ResultJson {
    /** What a report's body adds around a result. */
    private static final int ENVELOPE_DEPTH = 3;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.MAX_DEPTH - ENVELOPE_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ResultJson() {}

    /** The output itself if it is JSON, else the text as a JSON string without the last line break; null if it is blank. */
    static byte[] of(byte[] output) {
        String text = new String(output, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return null;
        }
        return isJson(output) ? text.strip().getBytes(StandardCharsets.UTF_8) : quoted(text);
    }

    private static boolean isJson(byte[] output) {
        try {
            JsonNode tree = JSON.readTree(output);
            return tree != null && !tree.isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] quoted(String text) {
        try {
            return JSON.writeValueAsBytes(text.stripTrailing());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a string is always JSON", e);
        }
    }
}
