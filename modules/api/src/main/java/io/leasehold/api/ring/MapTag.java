package io.leasehold.api.ring;

import java.util.Map;
import java.util.TreeMap;

/**
 * A short name for a list of coordinators. A worker names the list it knows in each poll, and a coordinator the one it knows
 * in each answer: whoever hears another name than its own knows that something changed, and nobody has to ask meanwhile.
 */
public final class MapTag {
    private MapTag() {}

    /**
     * The first 8 bytes of the SHA-256 of a line {@code <id> <url>\n} a coordinator, in the order of their ids, as 16
     * hexadecimal digits.
     *
     * @param urls by the coordinators' ids
     */
    public static String of(Map<String, String> urls) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(urls)
                .forEach((id, url) -> lines.append(id).append(' ').append(url).append('\n'));
        return String.format("%016x", RingHash.of(lines.toString()));
    }
}
