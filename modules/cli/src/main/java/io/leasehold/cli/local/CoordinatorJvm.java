package io.leasehold.cli.local;

import java.util.ArrayList;
import java.util.List;

/** The options of a coordinator's JVM, as scripts/leasehold gives them to one that it starts. */
public final class CoordinatorJvm {
    private CoordinatorJvm() {}

    /**
     * @param initialHeap as in -Xms
     * @param heap as in -Xmx
     */
    public static List<String> options(String initialHeap, String heap) {
        List<String> options = new ArrayList<>(JvmHeap.options(initialHeap, heap));
        options.add("-XX:+UseG1GC");
        return options;
    }
}
