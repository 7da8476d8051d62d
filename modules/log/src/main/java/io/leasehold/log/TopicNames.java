package io.leasehold.log;

import java.util.List;

/** What the four topics are called. */
public record TopicNames(String tasks, String journal, String ended, String rejected) {

    /** The names {@code <prefix>.tasks}, {@code <prefix>.journal}, {@code <prefix>.ended}, {@code <prefix>.rejected}. */
    public static TopicNames of(String prefix) {
        return new TopicNames(prefix + ".tasks", prefix + ".journal", prefix + ".ended", prefix + ".rejected");
    }

    List<String> all() {
        return List.of(tasks, journal, ended, rejected);
    }
}
