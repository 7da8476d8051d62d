package io.leasehold.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds values in a body by their place, so that they travel byte for byte. */
final class RawValues {
    private RawValues() {}

    /**
     * The bytes of the value that the parser stands on; afterwards it stands on the value's last token.
     *
     * @param source what the parser reads
     * @param origin where in the source the parser began
     */
    static byte[] cut(JsonParser in, byte[] source, int origin) throws IOException {
        int start = origin + startOf(in);
        return Arrays.copyOfRange(source, start, endOf(in, source, origin, start));
    }

    static int startOf(JsonParser in) {
        return (int) in.currentTokenLocation().getByteOffset();
    }

    /** Moves the parser to the value's last token. */
    static int endOf(JsonParser in, byte[] source, int origin, int start) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            // The parser would have to hold the whole string in order to know its end; it still checks it when it moves
            // on.
            return endOfString(source, start);
        }
        in.skipChildren();
        return origin + (int) in.currentLocation().getByteOffset();
    }

    static boolean isUtf8(byte[] bytes, int from, int length) {
        int end = from + length;
        for (int i = from; i < end; i++) {
            if (bytes[i] < 0) {
                return decodes(bytes, i, end - i);
            }
        }
        return true;
    }

    private static boolean decodes(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int endOfString(byte[] source, int start) {
        int i = start + 1;
        while (i < source.length && source[i] != '"') {
            i += source[i] == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, source.length);
    }
}
