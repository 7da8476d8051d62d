package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import java.util.Locale;
import java.util.function.Predicate;

/** What a request is for, as its first line says (RFC 9112, section 3.2): a path, or a URL of this very coordinator. */
final class RequestTarget {
    private static final String SCHEME = "http://";

    private RequestTarget() {}

    /**
     * @param isOurs whether {@code host:port} is a name of this coordinator
     * @throws InvalidRequest if it leads elsewhere, is neither, or has a broken escape
     */
    static void check(String target, Predicate<String> isOurs) throws InvalidRequest {
        if (!target.startsWith("/") && !isUrlOfOurs(target, isOurs)) {
            throw new InvalidRequest("target", target, "a path, beginning with /");
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new InvalidRequest("target", target, "visible ASCII, all else percent-encoded");
            }
        }
        Escapes.check(target);
    }

    private static boolean isUrlOfOurs(String target, Predicate<String> isOurs) {
        if (!target.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        int slash = target.indexOf('/', SCHEME.length());
        String authority = slash < 0 ? target.substring(SCHEME.length()) : target.substring(SCHEME.length(), slash);
        return isOurs.test(authority);
    }
}
