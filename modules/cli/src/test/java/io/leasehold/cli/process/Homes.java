package io.leasehold.cli.process;

import io.leasehold.core.task.Home;
import java.util.stream.IntStream;

/** Ids by where their home is, with the default number of shards. */
final class Homes {
    static final int SHARDS = 4;

    private Homes() {}

    /** An id that begins with the name and has its home there. */
    static String idAt(int shard, String name) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> name + "-" + i)
                .filter(id -> Home.of(id, SHARDS) == shard)
                .findFirst()
                .orElseThrow();
    }
}
