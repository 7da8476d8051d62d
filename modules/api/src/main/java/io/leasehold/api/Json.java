package io.leasehold.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as this protocol speaks it: UTF-8 only, bounded in depth and length. Who reads a request is strict (unknown
 * fields, duplicate keys and coerced types are refused); who reads an answer ignores fields it does not know, so that
 * newer coordinators can add some.
 */
public final class Json {
    /** Depth that the bodies themselves add around a task's payload or result. */
    private static final int ENVELOPE_DEPTH = 8;

    private static final JsonFactory TASKS = factory(Limits.MAX_DEPTH, true);
    private static final JsonFactory LISTS = factory(Limits.MAX_DEPTH * 8, false);
    private static final ObjectMapper REQUESTS = JsonMapper.builder(factory(Limits.MAX_DEPTH + ENVELOPE_DEPTH, true))
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();
    private static final ObjectMapper ANSWERS = JsonMapper.builder(factory(Limits.MAX_DEPTH + ENVELOPE_DEPTH, false))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private Json() {}

    /** For one task: depth 32, duplicate keys refused. */
    static JsonFactory tasks() {
        return TASKS;
    }

    /** For finding the elements of a list, which are then read one by one. */
    static JsonFactory lists() {
        return LISTS;
    }

    /** For streaming answers, tolerant of what it does not know. */
    static JsonFactory answerFactory() {
        return ANSWERS.getFactory();
    }

    /** The strict mapper, for bodies of requests. Do not reconfigure it. */
    public static ObjectMapper requests() {
        return REQUESTS;
    }

    /** The tolerant mapper, for bodies of answers. Do not reconfigure it. */
    public static ObjectMapper answers() {
        return ANSWERS;
    }

    /** Any body of this package as UTF-8; fields that are null are left out. */
    public static byte[] write(Object body) {
        try {
            return ANSWERS.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads the body of an answer.
     *
     * @throws UncheckedIOException if it is not the expected JSON
     */
    public static <T> T readAnswer(byte[] body, Class<T> type) {
        try {
            return ANSWERS.readerFor(type).withAttribute(RawJson.SOURCE, body).readValue(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonFactory factory(int depth, boolean refuseDuplicates) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(Limits.MAX_NUMBER_LENGTH)
                .maxStringLength(Limits.MAX_STRING_LENGTH)
                .maxNameLength(Limits.MAX_STRING_LENGTH)
                .build();
        // Without detection a body in UTF-16 is bad UTF-8 and is refused; names are not interned or kept, for they come
        // from outside.
        return new JsonFactoryBuilder()
                .streamReadConstraints(constraints)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, refuseDuplicates)
                .configure(JsonFactory.Feature.CHARSET_DETECTION, false)
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .build();
    }
}
