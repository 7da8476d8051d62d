package io.leasehold.api;

/** Turns a user's objects into JSON and back. Implementations must be safe for any thread. */
public interface PayloadCodec {
    /**
     * One JSON value as UTF-8; null becomes {@code null}.
     *
     * @throws IllegalArgumentException if the value cannot be written
     */
    byte[] encode(Object value);

    /**
     * @param json one JSON value as UTF-8, never empty
     * @throws IllegalArgumentException if the JSON is not one of the given type
     */
    <T> T decode(byte[] json, Class<T> type);

    /** The default: Jackson, with the modules it finds on the class path, ignoring fields that a class does not have. */
    static PayloadCodec jackson() {
        return JacksonPayloadCodec.INSTANCE;
    }
}
