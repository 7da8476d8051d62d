package io.leasehold.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options by which a JVM has its heap in memory from the start, in huge pages where the system has them. */
public final class JvmHeap {
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private JvmHeap() {}

    /**
     * @param initial as in -Xms
     * @param most as in -Xmx
     */
    public static List<String> options(String initial, String most) {
        List<String> options = new ArrayList<>(List.of("-Xms" + initial, "-Xmx" + most, "-XX:+AlwaysPreTouch"));
        if (hasHugePages()) {
            options.add("-XX:+UseTransparentHugePages");
        }
        return options;
    }

    /** Where there are none the JVM would warn, and on other systems than Linux not start. */
    private static boolean hasHugePages() {
        try {
            return Files.isReadable(HUGE_PAGES) && !Files.readString(HUGE_PAGES).contains("[never]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
