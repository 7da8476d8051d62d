package io.leasehold.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A JSON value kept byte for byte as it was written. Not copied: do not change the bytes. */
@JsonSerialize(using = RawJson.Writer.class)
@JsonDeserialize(using = RawJson.Reader.class)
public record RawJson(byte[] utf8) {
    /** The reader's attribute that holds the whole body, out of which values are cut. */
    static final String SOURCE = "io.leasehold.api.source";

    public static RawJson of(String json) {
        return new RawJson(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The value, or null if the bytes are null or none. */
    public static RawJson orNull(byte[] utf8) {
        return utf8 == null || utf8.length == 0 ? null : new RawJson(utf8);
    }

    /** Whether this is one JSON value as the service takes it: UTF-8, not too deep, no key twice. */
    public boolean isValid() {
        if (!RawValues.isUtf8(utf8, 0, utf8.length)) {
            return false;
        }
        try (JsonParser in = Json.tasks().createParser(utf8)) {
            if (in.nextToken() == null) {
                return false;
            }
            in.skipChildren();
            return in.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static final class Writer extends JsonSerializer<RawJson> {
        @Override
        public void serialize(RawJson value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(new RawBytes(value.utf8));
        }
    }

    static final class Reader extends JsonDeserializer<RawJson> {
        @Override
        public RawJson deserialize(JsonParser in, DeserializationContext context) throws IOException {
            byte[] source = (byte[]) context.getAttribute(SOURCE);
            if (source == null) {
                throw new IllegalStateException("raw JSON can only be read by this package's readers");
            }
            return new RawJson(RawValues.cut(in, source, 0));
        }
    }
}
