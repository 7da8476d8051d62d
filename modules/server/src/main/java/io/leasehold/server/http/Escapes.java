package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The percent-escapes of a request's target. The router would decode broken ones to the replacement character, and so
 * take one id for another, or fail in its middle.
 */
final class Escapes {
    private Escapes() {}

    /** Checks that every escape is two hexadecimal digits, and that neighbours together are UTF-8. */
    static void check(String target) throws InvalidRequest {
        for (int at = target.indexOf('%'); at >= 0; at = target.indexOf('%', at)) {
            at = checkRun(target, at);
        }
    }

    /** @return where the run of escapes that begins here ends */
    private static int checkRun(String target, int start) throws InvalidRequest {
        ByteBuffer bytes = ByteBuffer.allocate((target.length() - start) / 3 + 1);
        int at = start;
        for (; at < target.length() && target.charAt(at) == '%'; at += 3) {
            if (!isWhole(target, at)) {
                throw broken(target);
            }
            bytes.put((byte) HexFormat.fromHexDigits(target, at + 1, at + 3));
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
        } catch (CharacterCodingException e) {
            throw broken(target);
        }
        return at;
    }

    private static boolean isWhole(String target, int at) {
        return at + 2 < target.length()
                && HexFormat.isHexDigit(target.charAt(at + 1))
                && HexFormat.isHexDigit(target.charAt(at + 2));
    }

    private static InvalidRequest broken(String target) {
        return new InvalidRequest("target", target, "percent-escapes that are UTF-8, such as %C3%A9");
    }
}
