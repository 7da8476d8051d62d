package io.leasehold.core.kit;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Values as text that is equal if and only if they are: what records leave out, that arrays are equal by content, is in. */
public final class Plain {
    private Plain() {}

    public static String text(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof byte[] bytes) {
            return "x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof String text) {
            return '"' + text + '"';
        }
        return value.getClass().isRecord() ? recordText(value) : String.valueOf(value);
    }

    private static String recordText(Object value) {
        return Arrays.stream(value.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + text(read(component, value)))
                .collect(Collectors.joining(", ", value.getClass().getSimpleName() + "[", "]"));
    }

    private static Object read(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
