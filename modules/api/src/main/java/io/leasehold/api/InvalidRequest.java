package io.leasehold.api;

/** Input that breaks a rule of the wire. The message reads {@code field: value (expected: ...)}. */
public class InvalidRequest extends Exception {
    private static final int SHOWN = 80;

    private final String field;
    private final String value;
    private final String expected;

    public InvalidRequest(String field, String value, String expected) {
        super(field + ": " + shown(value) + " (expected: " + expected + ")", null, false, false);
        this.field = field;
        this.value = shown(value);
        this.expected = expected;
    }

    /** The same, where the field lies in this one. */
    InvalidRequest within(String outer) {
        return new InvalidRequest(outer + "." + field, value, expected);
    }

    /** The field at fault, as a path from the body's root: {@code backoff.maxMs}, {@code reports[3].result}. */
    public String field() {
        return field;
    }

    /** The value as it was written, shortened, without characters that would break a line of a log. */
    public String value() {
        return value;
    }

    public String expected() {
        return expected;
    }

    private static String shown(String value) {
        if (value == null) {
            return "none";
        }
        StringBuilder text = new StringBuilder(Math.min(value.length(), SHOWN) + 4);
        value.codePoints().limit(SHOWN).forEach(c -> text.appendCodePoint(Names.isPrintable(c) ? c : '?'));
        return text.length() < value.length() ? text.append("...").toString() : text.toString();
    }
}
