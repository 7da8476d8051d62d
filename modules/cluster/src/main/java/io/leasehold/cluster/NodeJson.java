package io.leasehold.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.function.Function;

/** How a node's content is written. Unknown fields are passed over, so that a newer coordinator may add some. */
final class NodeJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private NodeJson() {}

    static byte[] write(Object content) {
        try {
            return MAPPER.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("content: " + content + " (expected: writable as JSON)", e);
        }
    }

    /**
     * @param rule says what is wrong with the content, or null
     * @throws ClusterException naming the path, and the field if it is one, if the bytes are not what they should be
     */
    static <T> T read(String path, byte[] bytes, Class<T> type, Function<T, String> rule) {
        T content = read(path, bytes, type);
        String wrong = rule.apply(content);
        if (wrong != null) {
            throw new ClusterException("zookeeper node " + path + ": " + wrong);
        }
        return content;
    }

    /** @throws ClusterException naming the path if the bytes are not JSON of this type */
    private static <T> T read(String path, byte[] bytes, Class<T> type) {
        try {
            T content = bytes == null ? null : MAPPER.readValue(bytes, type);
            if (content != null) {
                return content;
            }
            throw new ClusterException(message(path, type));
        } catch (IOException e) {
            throw new ClusterException(message(path, type), e);
        }
    }

    private static String message(String path, Class<?> type) {
        return "zookeeper node " + path + ": not readable (expected: JSON of a " + type.getSimpleName() + ")";
    }
}
