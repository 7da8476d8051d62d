package io.leasehold.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text that often comes again at once, such as the worker of a batch of leases: then it is the same object. */
public final class RecentText {
    private byte[] utf8 = {};
    private String text = "";

    String of(byte[] buffer, int from, int to) {
        if (!Arrays.equals(utf8, 0, utf8.length, buffer, from, to)) {
            utf8 = Arrays.copyOfRange(buffer, from, to);
            text = new String(utf8, StandardCharsets.UTF_8);
        }
        return text;
    }
}
