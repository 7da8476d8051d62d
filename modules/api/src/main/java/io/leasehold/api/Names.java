package io.leasehold.api;

import java.util.regex.Pattern;

/** What may name a task, a queue, a type or a worker: 1 to 200 bytes of printable UTF-8. */
public final class Names {
    static final String EXPECTED = "1 to " + Limits.MAX_NAME_BYTES + " bytes of printable UTF-8";
    static final String EXPECTED_ID =
            EXPECTED + ", not beginning with '" + Limits.ASSIGNED_ID_PREFIX + "', which is kept for assigned ids";

    private static final Pattern ASSIGNED = Pattern.compile("~[0-9]{1,4}\\.[A-Za-z0-9_-]{24}");

    private Names() {}

    public static boolean isValid(String name) {
        int length = name.length();
        if (length == 0 || length > Limits.MAX_NAME_BYTES) {
            return false;
        }
        int bytes = 0;
        for (int at = 0; at < length; ) {
            int codePoint = name.codePointAt(at);
            if (!isPrintable(codePoint)) {
                return false;
            }
            at += Character.charCount(codePoint);
            bytes += utf8Length(codePoint);
        }
        return bytes <= Limits.MAX_NAME_BYTES;
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    /** Whether a user may choose this id. Ids that coordinators assign are valid names, but not these. */
    public static boolean isValidUserId(String id) {
        return isValid(id) && id.charAt(0) != Limits.ASSIGNED_ID_PREFIX;
    }

    /**
     * Whether the id has the form that coordinators give to a task that comes over HTTP without one:
     * {@code ~<shard>.<24 characters>}. Whether one of them gave it, only who has the cluster's key can tell.
     */
    public static boolean isAssignedForm(String id) {
        return !id.isEmpty()
                && id.charAt(0) == Limits.ASSIGNED_ID_PREFIX
                && ASSIGNED.matcher(id).matches();
    }

    /** Not a control, a format character (which can turn the writing direction), half a pair or a line separator. */
    static boolean isPrintable(int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.SURROGATE:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
                return false;
            default:
                return true;
        }
    }
}
