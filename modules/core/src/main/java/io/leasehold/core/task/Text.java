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

    /** As much of the text, from its beginning, as takes at most so many bytes in UTF-8; no pair of surrogates is split. */
    public static String beginning(String text, int maxBytes) {
        int bytes = 0;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                return text.substring(0, at);
            }
            at += Character.charCount(character);
        }
        return text;
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
