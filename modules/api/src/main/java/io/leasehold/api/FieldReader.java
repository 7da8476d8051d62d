package io.leasehold.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** Typed reads of the value that a parser stands on; a value of another type or outside its bounds is refused by name. */
final class FieldReader {
    private static final String A_TIME =
            "an RFC 3339 time such as \"2030-01-31T08:00:00Z\", or epoch milliseconds from 0 to " + Limits.MAX_TIME_MS;
    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})", Pattern.DOTALL);
    /** Up to here a double holds every integer. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private static final int SHOWN_BYTES = 200;

    private final JsonParser in;
    private final byte[] source;
    private final int origin;

    FieldReader(JsonParser in, byte[] source, int origin) {
        this.in = in;
        this.source = source;
        this.origin = origin;
    }

    JsonToken next() throws IOException {
        return in.nextToken();
    }

    String name() throws IOException {
        return in.currentName();
    }

    boolean isObject() {
        return in.currentToken() == JsonToken.START_OBJECT;
    }

    byte[] raw() throws IOException {
        return RawValues.cut(in, source, origin);
    }

    /** The value as it was written, for a message, possibly only its beginning. */
    String shown() throws IOException {
        int start = origin + RawValues.startOf(in);
        int end = RawValues.endOf(in, source, origin, start);
        return new String(source, start, Math.min(end - start, SHOWN_BYTES), StandardCharsets.UTF_8);
    }

    String printable(String field) throws IOException, InvalidTask {
        String text = text(field, Names.EXPECTED);
        if (!Names.isValid(text)) {
            throw new InvalidTask(field, '"' + text + '"', Names.EXPECTED);
        }
        return text;
    }

    String userId(String field) throws IOException, InvalidTask {
        String text = text(field, Names.EXPECTED_ID);
        if (!Names.isValidUserId(text) && !Names.isAssignedForm(text)) {
            throw new InvalidTask(field, '"' + text + '"', Names.EXPECTED_ID);
        }
        return text;
    }

    /** An integer; one written as {@code 5.0} or {@code 5e0} is an integer too, as JSON Schema has it. */
    long integer(String field, long min, long max) throws IOException, InvalidTask {
        Long value = integerOrNull();
        if (value == null || value < min || value > max) {
            throw new InvalidTask(field, shown(), "an integer from " + min + " to " + max);
        }
        return value;
    }

    double decimal(String field, double min, double max) throws IOException, InvalidTask {
        if (in.currentToken().isNumeric()) {
            double value = in.getDoubleValue();
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw new InvalidTask(field, shown(), "a number from " + min + " to " + max);
    }

    /** Epoch milliseconds of a time written in either form; fractions of a millisecond are cut off. */
    long time(String field) throws IOException, InvalidTask {
        Long value = in.currentToken() == JsonToken.VALUE_STRING ? timeOrNull(in.getText()) : integerOrNull();
        if (value == null || value < 0 || value > Limits.MAX_TIME_MS) {
            throw new InvalidTask(field, shown(), A_TIME);
        }
        return value;
    }

    private String text(String field, String expected) throws IOException, InvalidTask {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidTask(field, shown(), expected);
        }
        return in.getText();
    }

    private Long integerOrNull() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            JsonParser.NumberType size = in.getNumberType();
            return size == JsonParser.NumberType.BIG_INTEGER ? null : (Long) in.getLongValue();
        }
        if (in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = in.getDoubleValue();
            return value == Math.rint(value) && Math.abs(value) <= EXACT ? (Long) (long) value : null;
        }
        return null;
    }

    private static Long timeOrNull(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
