package io.leasehold.chaos.cluster;

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

    /** The one that this process runs. */
    public static Release present() {
        return new Release("present", System.getProperty("java.class.path"), List.of());
    }
}
