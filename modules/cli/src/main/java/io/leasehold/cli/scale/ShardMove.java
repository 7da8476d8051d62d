package io.leasehold.cli.scale;

import io.leasehold.cli.output.Table;
import java.util.List;

/**
 * A shard has got an owner, another one or the same anew.
 *
 * @param from its owner before, or null if it is new
 * @param unownedMs for how long it had none: from the last record of the owner before to the claim, by the broker's clock;
 *     null if not known, or if it is new
 */
public record ShardMove(int shard, String from, String to, Long unownedMs) {

    String text() {
        String pause = unownedMs == null ? "" : ", without an owner for " + unownedMs + " ms";
        return from == null
                ? "shard " + shard + " is new, and owned by " + to
                : "shard " + shard + ": " + from + " -> " + to + pause;
    }

    static Table table(List<ShardMove> moves) {
        Table table = new Table("SHARD", "FROM", "TO", "WITHOUT OWNER, MS");
        moves.forEach(move -> table.row(move.shard(), move.from(), move.to(), move.unownedMs()));
        return table;
    }
}
