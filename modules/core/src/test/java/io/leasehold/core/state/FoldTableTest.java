package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fact about one task, told in every situation the task can be in. */
class FoldTableTest {
    private static final long NOW = 1_000_000;
    private static final long FENCE = 500;
    private static final byte[] RESULT = Tasks.bytes("1");

    /** Where the task stands after the fact; {@code -}: nothing changed. Columns in the order of {@link #FACTS}. */
    private static final String TABLE = """
            situation again leased completed completedElse failed failedElse returned leaseExpired deadLettered expired cancelled redriven purged
            unknown   ready -      -         -             -      -          -        -            -            -       -         -        -
            delayed   -     leased -         -             -      -          -        -            dead         expired cancelled -        -
            ready     -     leased -         -             -      -          -        -            dead         expired cancelled -        -
            leased    -     -      completed -             delayed -         delayed  ready        dead         expired cancelled -        -
            lapsed    -     leased completed -             -      -          -        -            dead         expired cancelled -        -
            completed -     -      -         -             -      -          -        -            -            -       -         -        -
            dead      -     -      -         -             -      -          -        -            -            -       -         ready    dead
            expired   -     -      -         -             -      -          -        -            -            -       -         -        -
            cancelled -     -      -         -             -      -          -        -            -            -       -         -        -
            purged    -     -      -         -             -      -          -        -            -            -       -         -        -
            """;

    private static final Map<String, Consumer<Events>> FACTS = Map.ofEntries(
            Map.entry("again", to -> to.accepted(2, Tasks.id("a").queue("other").task(), NOW)),
            Map.entry("leased", to -> to.leased(1, FENCE + 1, 10, "w2", "p2")),
            Map.entry("completed", to -> to.completed(1, FENCE, NOW, false, RESULT)),
            Map.entry("completedElse", to -> to.completed(1, FENCE + 7, NOW, false, RESULT)),
            Map.entry("failed", to -> to.failed(1, FENCE, NOW + 9, "e")),
            Map.entry("failedElse", to -> to.failed(1, FENCE - 1, NOW + 9, "e")),
            Map.entry("returned", to -> to.returned(1, FENCE, NOW + 9)),
            Map.entry("leaseExpired", to -> to.leaseExpired(1, FENCE, true)),
            Map.entry("deadLettered", to -> to.deadLettered(1, EndCause.NOT_RETRYABLE, NOW)),
            Map.entry("expired", to -> to.expired(1, NOW)),
            Map.entry("cancelled", to -> to.cancelled(1, NOW)),
            Map.entry("redriven", to -> to.redriven(1, 3, NOW, Task.NO_DEADLINE)),
            Map.entry("purged", to -> to.purged(1)));

    private static final Map<String, BiConsumer<Task, Events>> SITUATIONS = Map.of(
            "unknown", (task, to) -> {},
            "delayed", (task, to) -> to.accepted(1, task.startingAt(NOW + 1), NOW),
            "ready", (task, to) -> to.accepted(1, task, NOW),
            "leased", FoldTableTest::lease,
            "lapsed",
                    (task, to) -> {
                        lease(task, to);
                        to.leaseExpired(1, FENCE, true);
                    },
            "completed",
                    (task, to) -> {
                        lease(task, to);
                        to.completed(1, FENCE, NOW, false, RESULT);
                    },
            "dead",
                    (task, to) -> {
                        lease(task, to);
                        to.deadLettered(1, EndCause.NOT_RETRYABLE, NOW);
                    },
            "purged",
                    (task, to) -> {
                        lease(task, to);
                        to.deadLettered(1, EndCause.NOT_RETRYABLE, NOW);
                        to.purged(1);
                    },
            "expired",
                    (task, to) -> {
                        to.accepted(1, task, NOW);
                        to.expired(1, NOW);
                    },
            "cancelled",
                    (task, to) -> {
                        lease(task, to);
                        to.cancelled(1, NOW);
                    });

    private static void lease(Task task, Events to) {
        to.accepted(1, task, NOW);
        to.leased(1, FENCE, 10, "w", "p");
    }

    static Stream<Arguments> cells() {
        List<String[]> rows = TABLE.lines().map(line -> line.split(" +")).toList();
        String[] facts = rows.get(0);
        return rows.stream()
                .skip(1)
                .flatMap(row -> Stream.iterate(1, column -> column + 1)
                        .limit(facts.length - 1)
                        .map(column -> Arguments.of(row[0], facts[column], row[column])));
    }

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @MethodSource("cells")
    void theFactLeavesTheTaskWhereTheTableSays(String situation, String fact, String after) {
        ShardState state = new ShardState();
        Fold fold = new Fold(state);
        assertThat(fold.begin(new TurnHeader(1, 1, 0, NOW, 0))).isTrue();
        fold.claimed(new Claim("o", "c", "j", "i", 1, Fold.VERSION, 0, 0, 0));
        SITUATIONS.get(situation).accept(Tasks.id("a").deadline(NOW + 50).task(), fold);
        List<String> before = Structure.tables(state);
        FACTS.get(fact).accept(fold);
        Recount.check(state);
        if (after.equals("-")) {
            assertThat(Structure.tables(state)).isEqualTo(before);
        } else {
            assertThat(state.byId("a").state()).isEqualTo(TaskState.valueOf(after.toUpperCase(Locale.ROOT)));
        }
    }
}
