package io.leasehold.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options of a coordinator's JVM, as scripts/leasehold gives them to one that it starts. */
public final class CoordinatorJvm {
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private CoordinatorJvm() {}

    /**
     * @param initialHeap as in -Xms
     * @param heap as in -Xmx
     */
    public static List<String> options(String initialHeap, String heap) {
        List<String> options =
                new ArrayList<>(List.of("-Xms" + initialHeap, "-Xmx" + heap, "-XX:+UseG1GC", "-XX:+AlwaysPreTouch"));
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
