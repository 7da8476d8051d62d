package io.leasehold.chaos.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * What a coordinator's process runs.
 *
 * @param name for people
 * @param classPath where its classes are found
 * @param arguments of its command line, after those that every release understands
 */
public record Release(String name, String classPath, List<String> arguments) {
    public Release {
        arguments = List.copyOf(arguments);
    }

    /** The same with this setting, which other releases may not know. */
    public Release with(String key, String value) {
        List<String> more = new ArrayList<>(arguments);
        more.addAll(List.of("--override", key + "=" + value));
        return new Release(name, classPath, more);
    }

    /** The one that this process runs. */
    public static Release present() {
        return new Release("present", System.getProperty("java.class.path"), List.of());
    }
}
