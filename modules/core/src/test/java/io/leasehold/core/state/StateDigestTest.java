package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Wanted;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.EndCause;
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
    /** Follows from the rest, or (the claim) is not folded into anything. */
    private static final Set<String> DERIVED =
            Set.of("claim", "bytes", "waitingAt", "deadlineAt", "ready", "byNumber", "byFence", "queues", "delayed");

    private static final Set<String> DERIVED_TOO = Set.of(
            "deadlines",
            "byPoll",
            "dead",
            "byId",
            "unpublished",
            "carryBytes",
            "endBytes",
            "taskDigests",
            "oldest",
            "newest");

    /** Of a copy, not of what is true. */
    private static final Set<String> OF_A_COPY = Set.of("partial", "older", "newer", "taskDigest", "digest");

    private static ShardState state() {
        Lived lived = new Lived();
        lived.accept(Tasks.id("leased").type("t").priority(3).traceparent("tp").task());
        lived.decider().grant(new Wanted("w", List.of("default"), 1, 1_000, 0, "p"), lived.nowMs());
        lived.succeed(lived.lease("ended"));
        return lived.state();
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                        fields("the shard", ShardState.class),
                        fields("leased", TaskEntry.class),
                        fields("ended", TaskEntry.class))
                .flatMap(each -> each);
    }

    private static Stream<Arguments> fields(String of, Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> !DERIVED.contains(field.getName()) && !DERIVED_TOO.contains(field.getName()))
                .filter(field -> !OF_A_COPY.contains(field.getName()))
                .filter(field -> !(type == TaskEntry.class && field.getName().equals("generation")))
                .filter(field -> !List.of("task", "lease", "end").contains(field.getName()))
                .map(field -> Arguments.of(of, field));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fields")
    void aFieldThatDiffersShows(String of, Field field) throws IllegalAccessException {
        ShardState state = state();
        Object holder = of.equals("the shard") ? state : state.byId(of);
        long before = StateDigest.recomputed(state);
        field.setAccessible(true);
        field.set(holder, other(field.get(holder), field.getType()));
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    static Stream<Arguments> components() {
        return Stream.of(
                        Arguments.of("leased", "task", null),
                        Arguments.of("leased", "lease", null),
                        Arguments.of("ended", "end", null))
                .flatMap(holder -> {
                    String name = (String) holder.get()[1];
                    return Arrays.stream(record(state().byId((String) holder.get()[0]), name)
                                    .getClass()
                                    .getRecordComponents())
                            .map(component -> Arguments.of(holder.get()[0], name, component));
                });
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @MethodSource("components")
    void aComponentThatDiffersShows(String id, String name, RecordComponent component)
            throws ReflectiveOperationException {
        ShardState state = state();
        TaskEntry entry = state.byId(id);
        long before = StateDigest.recomputed(state);
        Field field = TaskEntry.class.getDeclaredField(name);
        field.set(entry, with(field.get(entry), component));
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    @Test
    void aTaskMoreOrLessShows() {
        ShardState state = state();
        long before = StateDigest.recomputed(state);
        state.byId.remove("leased");
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
        assertThat(state.byId("leased").lastError).isNull();
        state.byId("leased").lastError = "";
        assertThat(StateDigest.recomputed(state)).isNotEqualTo(before);
    }

    private static Object record(TaskEntry entry, String name) {
        return switch (name) {
            case "task" -> entry.task;
            case "lease" -> entry.lease;
            default -> entry.end;
        };
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
        if (type == Backoff.class) {
            return new Backoff(1, 2, 3);
        }
        assertThat(type).isEqualTo(EndCause.class);
        return EndCause.CANCELLED;
    }
}
