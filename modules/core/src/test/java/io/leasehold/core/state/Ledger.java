package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Told;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The guarantees, held against the facts as they were told, without any of the fold's tables. */
final class Ledger {
    private final Set<Long> alive = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();
    /** Dead letters that were neither redriven nor purged. */
    private final Set<Long> dead = new HashSet<>();

    private final Map<Long, Long> holders = new HashMap<>();
    private long lastFence;
    private long lastNumber;
    private int redriven;
    private int read;

    /** Reads the facts that came since the last time. */
    void read(List<Told> facts) {
        for (; read < facts.size(); read++) {
            Told told = facts.get(read);
            switch (told.fact()) {
                case "accepted" -> born(told.number());
                case "redriven" -> {
                    assertThat(dead).as("given up before %s", told).contains(told.number());
                    dead.remove(told.number());
                    redriven++;
                    born((Long) told.fields().get(1));
                }
                case "leased" -> leased(told, (Long) told.fields().get(1));
                case "failed", "returned", "leaseExpired" ->
                    assertThat(holders.remove(told.number()))
                            .as("holder at %s", told)
                            .isEqualTo(told.fields().get(1));
                case "completed", "deadLettered", "expired", "cancelled" -> end(told);
                case "purged" -> {
                    assertThat(dead).as("given up before %s", told).contains(told.number());
                    dead.remove(told.number());
                }
                default ->
                    assertThat(told.fact())
                            .isIn("inboxSettled", "endsPublished", "claimed", "released", "termsSet", "timeSet");
            }
        }
    }

    private void born(long number) {
        assertThat(number).as("number").isEqualTo(++lastNumber);
        alive.add(number);
    }

    private void leased(Told told, long fence) {
        assertThat(alive).as("alive at %s", told).contains(told.number());
        assertThat(fence).as("fence of %s", told).isGreaterThan(lastFence);
        assertThat(holders.put(told.number(), fence))
                .as("holder before %s", told)
                .isNull();
        lastFence = fence;
    }

    private void end(Told told) {
        assertThat(alive.remove(told.number())).as("alive at %s", told).isTrue();
        assertThat(ended.add(told.number())).as("first end, %s", told).isTrue();
        if (told.fact().equals("deadLettered")) {
            dead.add(told.number());
        }
        holders.remove(told.number());
    }

    /** The state counts what the ledger counts. */
    void compare(ShardState state) {
        assertThat(state.live()).isEqualTo(alive.size());
        assertThat(state.leased()).isEqualTo(holders.size());
        assertThat(state.lastEnd()).isEqualTo(ended.size());
        assertThat(state.remembered()).isEqualTo(alive.size() + ended.size() - redriven);
        assertThat(state.lastFence()).isEqualTo(lastFence);
    }
}
