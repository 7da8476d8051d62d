package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Wanted;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever single field differs, the digest does; new fields are found by reflection. */
class StateDigestTest {
    /** Follows from the rest, is not folded into anything, or is of a copy and not of what is true. */
    private static final Set<String> OF_THE_SHARD = Set.of(
            "claim",
            "bytes",
            "carryBytes",
            "endBytes",
            "unpublishedBytes",
            "taskDigests",
            "partial",
            "oldest",
            "newest",
            "highestNumber",
            "byId",
            "byNumber",
            "byFence",
            "ends",
            "byPoll",
            "leases",
            "queues",
            "queuesByName",
            "heldQueues",
            "delayed",
            "deadlines",
            "dead",
            "unpublished");

    private static final Set<String> OF_A_TASK =
            Set.of("queue", "deadlineMs", "priority", "past", "standsAt", "deadlineAt", "generation", "older", "newer");

    private static final Set<String> RECORDS = Set.of("lease", "end");

    private static ShardState state() {
        Lived lived = new Lived();
        lived.accept(leased().task());
        lived.decider().grant(new Wanted("w", List.of("default"), 1, 1_000, 0, "p"), lived.nowMs());
        lived.succeed(lived.lease("ended"));
        return lived.state();
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                        fields("the shard", ShardState.class, OF_THE_SHARD),
                        fields("leased", TaskEntry.class, OF_A_TASK),
                        fields("ended", TaskEntry.class, OF_A_TASK),
                        fields("leased", Past.class, RECORDS),
                        fields("ended", Past.class, RECORDS))
                .flatMap(each -> each);
    }

    private static Stream<Arguments> fields(String of, Class<?> type, Set<String> but) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> !but.contains(field.getName()))
                .map(field -> Arguments.of(of, field));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fields")
    void aFieldThatDiffersShows(String of, Field field) throws IllegalAccessException {
        ShardState state = state();
        Object holder = of.equals("the shard") ? state : state.byId(of);
        if (field.getDeclaringClass() == Past.class) {
            holder = ((TaskEntry) holder).past;
        }
        long before = StateDigest.recomputed(state);
        field.setAccessible(true);
        field.set(holder, other(field.get(holder), field.getType()));
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    static Stream<Arguments> components() {
        return Stream.of(Arguments.of("leased", Lease.class), Arguments.of("ended", End.class))
                .flatMap(of -> Arrays.stream(((Class<?>) of.get()[1]).getRecordComponents())
                        .map(component -> Arguments.of(of.get()[0], component)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("components")
    void aComponentThatDiffersShows(String id, RecordComponent component) throws ReflectiveOperationException {
        ShardState state = state();
        Past past = state.byId(id).past;
        long before = StateDigest.recomputed(state);
        if (id.equals("leased")) {
            past.lease = (Lease) with(past.lease, component);
        } else {
            past.end = (End) with(past.end, component);
        }
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    private static Tasks leased() {
        return Tasks.id("leased").type("t").priority(3).traceparent("tp");
    }

    static Stream<Task> others() {
        return Stream.of(
                        leased().queue("other"),
                        leased().type("u"),
                        leased().type(null),
                        leased().priority(4),
                        leased().deadline(5),
                        leased().notBefore(6),
                        leased().payload(Tasks.bytes("{\"n\":2}")),
                        leased().maxAttempts(6),
                        leased().leaseMs(30_001),
                        leased().backoff(1_000, 2.0, 600_001),
                        leased().traceparent("tq"))
                .map(Tasks::task);
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherTaskShows(Task other) {
        ShardState state = state();
        long before = StateDigest.recomputed(state);
        state.byId("leased").form = other.form();
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    @Test
    void aTaskMoreOrLessShows() {
        ShardState state = state();
        long before = StateDigest.recomputed(state);
        state.byId.remove(state.byId("leased"));
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    @Test
    void whatIsNotYetPublicShows() {
        ShardState state = state();
        long before = StateDigest.recomputed(state);
        state.unpublished.clear();
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    @Test
    void noErrorIsNotAnEmptyOne() {
        ShardState state = state();
        long before = StateDigest.recomputed(state);
        assertThat(state.byId("leased").lastError()).isNull();
        state.byId("leased").past.lastError = "";
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    private static Object with(Object record, RecordComponent changed) throws ReflectiveOperationException {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            components[i].getAccessor().setAccessible(true);
            Object value = components[i].getAccessor().invoke(record);
            values[i] = components[i].getName().equals(changed.getName()) ? other(value, changed.getType()) : value;
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return record.getClass().getDeclaredConstructor(types).newInstance(values);
    }

    private static Object other(Object value, Class<?> type) {
        if (type == long.class) {
            return (Long) value == Long.MAX_VALUE ? 5L : (Long) value + 1;
        }
        if (type == int.class) {
            return (Integer) value + 1;
        }
        if (type == boolean.class) {
            return !(Boolean) value;
        }
        if (type == String.class) {
            return value + "x";
        }
        if (type == byte[].class) {
            return Arrays.copyOf((byte[]) value, ((byte[]) value).length + 1);
        }
        assertThat(type).isEqualTo(EndCause.class);
        return EndCause.CANCELLED;
    }
}
