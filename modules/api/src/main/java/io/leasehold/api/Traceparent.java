package io.leasehold.api;

import java.util.regex.Pattern;

/** The W3C {@code traceparent} header. */
public final class Traceparent {
    public static final String HEADER = "traceparent";

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** The header if it is well formed, else null. */
    public static String orNull(String header) {
        return header != null && FORM.matcher(header).matches() ? header : null;
    }
}
