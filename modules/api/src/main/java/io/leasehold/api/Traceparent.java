package io.leasehold.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The W3C {@code traceparent} header (Trace Context, level 1), which is carried from who submits a task to its worker. As
 * the recommendation has it, a malformed one is ignored: it never makes a task invalid.
 */
public final class Traceparent {
    public static final String HEADER = "traceparent";

    private static final String KNOWN_VERSION = "00";
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(-.*)?", Pattern.DOTALL);
    private static final int TRACE_ID_BEGIN = 3;
    private static final int TRACE_ID_END = 35;

    private Traceparent() {}

    /** The header if it is well formed, else null; one of a later version in the form of version 00. */
    public static String orNull(String header) {
        Matcher parts = header == null ? null : FORM.matcher(header);
        if (parts == null || !parts.matches()) {
            return null;
        }
        boolean tooLong = parts.group(1).equals(KNOWN_VERSION) && parts.group(3) != null;
        return tooLong ? null : KNOWN_VERSION + "-" + parts.group(2);
    }

    /** The trace's id in a well-formed header: 32 hexadecimal digits. */
    public static String traceId(String wellFormed) {
        return wellFormed.substring(TRACE_ID_BEGIN, TRACE_ID_END);
    }
}
