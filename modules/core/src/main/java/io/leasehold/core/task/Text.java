package io.leasehold.core.task;

import java.nio.charset.StandardCharsets;

/** Text as the journal can hold it. */
public final class Text {
    private Text() {}

    /**
     * The text as it will be read back: half of a surrogate pair, which JSON can spell but UTF-8 cannot carry, becomes a
     * question mark. Without this a copy that was told the text and one that read it from the log would differ. Null
     * stays null.
     */
    public static String storable(String text) {
        if (text == null || !hasSurrogates(text)) {
            return text;
        }
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
