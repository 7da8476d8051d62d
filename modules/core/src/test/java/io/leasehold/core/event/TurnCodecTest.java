package io.leasehold.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.core.kit.Tasks;
import io.leasehold.core.kit.Told;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TurnCodecTest {
    private static final long MAX = Long.MAX_VALUE;

    static Stream<String> kinds() {
        return Arrays.stream(Events.class.getMethods()).map(Method::getName).sorted();
    }

    static Stream<Consumer<Events>> extremes() {
        return Stream.of(
                to -> to.accepted(1, Tasks.id("").queue("").payload(new byte[0]).task(), 0),
                to -> to.accepted(MAX, Tasks.id("a").type("").traceparent("").task(), MAX),
                to -> to.accepted(1, Tasks.id("a").priority(Integer.MIN_VALUE).task(), 1),
                to -> to.accepted(1, Tasks.id("a").priority(Integer.MAX_VALUE).task(), 1),
                to -> to.accepted(1, Tasks.id("a").deadline(1).notBefore(MAX).task(), 1),
                to -> to.accepted(
                        1, Tasks.id("a").deadline(MAX - 1).notBefore(-1).task(), -1),
                to -> to.accepted(1, Tasks.id("任务😀\0\n").queue("\uffff").task(), 1),
                to -> to.accepted(
                        1,
                        Tasks.id("a".repeat(70_000)).payload(new byte[200_000]).task(),
                        1),
                to -> to.accepted(
                        1,
                        Tasks.id("a")
                                .backoff(MAX, Double.MIN_VALUE, MAX)
                                .leaseMs(MAX)
                                .maxAttempts(Integer.MAX_VALUE)
                                .task(),
                        1),
                to -> to.inboxSettled(MAX, -1),
                to -> to.inboxSettled(MAX, 0),
                to -> to.inboxSettled(1, Integer.MAX_VALUE),
                to -> to.based(new Base(1, MAX, -1, 2, 3, 4, 5, Samples.claimOf(4))),
                to -> to.based(new Base(1, 0, Integer.MAX_VALUE, 2, 3, 4, 5, Samples.claimOf(4))),
                to -> to.leased(MAX, MAX, MAX, "", null),
                to -> to.leased(1, 1, 0, "w", ""),
                to -> to.completed(1, MAX, 0, false, new byte[0]),
                to -> to.failed(1, 1, MAX, null),
                to -> to.failed(1, 1, 0, ""),
                to -> to.returned(MAX, MAX, MAX),
                to -> to.leaseExpired(MAX, MAX, false),
                to -> to.redriven(1, MAX, 0, MAX - 1),
                to -> to.redriven(1, 2, 0, 1),
                to -> to.claimed(new Claim("", "", "", "", 0, Integer.MAX_VALUE, MAX, MAX, MAX)),
                to -> to.endsPublished(MAX));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFactOfEachKindIsReadAsItWasWritten(String kind) {
        assertThat(Samples.ofEachKind()).as("a sample of each kind").containsKey(kind);
        List<Told> told = new ArrayList<>();
        Consumer<Events> sample = Samples.ofEachKind().get(kind);
        sample.accept(Told.into(told));
        assertThat(told).singleElement().extracting(Told::fact).isEqualTo(kind);
        assertThat(read(Samples.record(sample))).containsExactly(told.get(0).toString());
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void extremesAreReadAsTheyWereWritten(Consumer<Events> facts) {
        List<Told> told = new ArrayList<>();
        facts.accept(Told.into(told));
        assertThat(read(Samples.record(facts))).containsExactly(told.get(0).toString());
    }

    @ParameterizedTest
    @MethodSource("headers")
    void headersAreReadAsTheyWereWritten(TurnHeader header) {
        TurnWriter writer = new TurnWriter();
        writer.begin(header);
        TurnReader reader = new TurnReader();
        assertThat(reader.header(writer.toRecord())).isEqualTo(header);
        assertThat(writer.events()).isZero();
    }

    static Stream<TurnHeader> headers() {
        return Stream.of(
                Samples.HEADER,
                new TurnHeader(0, 0, 0, 0, 0),
                new TurnHeader(MAX, -1, MAX, MAX, MAX),
                new TurnHeader(1, Long.MIN_VALUE, 127, 128, 16_384));
    }

    @Test
    void everyCauseOfAnEndIsKept() {
        for (EndCause cause : EndCause.values()) {
            assertThat(read(Samples.record(to -> to.deadLettered(1, cause, 2))))
                    .containsExactly("deadLettered(1, " + cause + ", 2)");
        }
    }

    @Test
    void manyFactsAreReadInTheirOrder() {
        List<Told> told = new ArrayList<>();
        Consumer<Events> all = to -> Samples.ofEachKind().values().forEach(sample -> sample.accept(to));
        Consumer<Events> thousands = to -> {
            for (int i = 0; i < 200; i++) {
                all.accept(to);
            }
        };
        thousands.accept(Told.into(told));
        assertThat(read(Samples.record(thousands)))
                .isEqualTo(told.stream().map(Told::toString).toList());
    }

    @Test
    void aWriterBegunAnewKeepsNothingOfTheLastRecord() {
        TurnWriter writer = new TurnWriter();
        writer.begin(Samples.HEADER);
        Samples.ofEachKind().values().forEach(sample -> sample.accept(writer));
        assertThat(writer.events()).isEqualTo(Samples.ofEachKind().size());
        writer.begin(Samples.HEADER);
        writer.released();
        assertThat(writer.toRecord())
                .isEqualTo(Samples.record(Events::released))
                .hasSize(writer.size());
        assertThat(writer.events()).isEqualTo(1);
    }

    @Test
    void aClaimCanBeSeenBeforeItIsTold() {
        TurnReader reader = new TurnReader();
        reader.header(Samples.record(Samples.ofEachKind().get("claimed")));
        Claim claim = reader.claimAfterHeader();
        List<Told> told = new ArrayList<>();
        reader.events(Told.into(told));
        assertThat(told).containsExactly(new Told("claimed", List.of(claim)));
    }

    @Test
    void aDeadlineBefore1970IsWrittenAsPast() {
        assertThat(read(Samples.record(to -> to.redriven(1, 2, 3, -4)))).containsExactly("redriven(1, 2, 3, 1)");
        assertThat(read(Samples.record(to -> to.redriven(1, 2, 3, Task.NO_DEADLINE))))
                .containsExactly("redriven(1, 2, 3, " + MAX + ")");
    }

    @Test
    void aTaskIsCarriedWholeHoweverItEnded() {
        List<End> ends = new ArrayList<>();
        ends.add(null);
        ends.add(new End(9, EndCause.SUCCEEDED, 5, true, Tasks.bytes("[1]")));
        ends.add(new End(9, EndCause.CANCELLED, 5, false, new byte[0]));
        ends.add(new End(9, EndCause.SUCCEEDED, 5, false, null));
        ends.add(new End(9, EndCause.NOT_RETRYABLE, 5, false, new byte[0]).ofPurged());
        ends.add(new End(9, EndCause.SUCCEEDED, 5, true, null, false, 65_536, 0));
        ends.add(new End(9, EndCause.SUCCEEDED, 5, true, Tasks.bytes("[1]"), false, 0, Integer.MAX_VALUE));
        ends.add(new End(9, EndCause.DEADLINE_PASSED, 5, false, null, false, 1_025, 1_026));
        ends.add(new End(9, EndCause.NOT_RETRYABLE, 5, false, new byte[0], true, 0, 65_536));
        for (End end : ends) {
            Carried carried = Samples.carried(end == null ? new Lease(1, "w", "p") : null, end);
            List<Told> written = new ArrayList<>();
            Told.into(written).carried(carried);
            assertThat(read(Samples.record(to -> to.carried(carried))))
                    .containsExactly(written.get(0).toString());
        }
    }

    @Test
    void aCarriedEndIsPurgedIfAndOnlyIfItsKindSaysSo() {
        End end = new End(9, EndCause.NOT_RETRYABLE, 5, false, new byte[0]);
        byte[] plain = Samples.record(to -> to.carried(Samples.carried(null, end)));
        byte[] purged = Samples.record(to -> to.carried(Samples.carried(null, end.ofPurged())));
        int kind = Samples.record(to -> {}).length;
        plain[kind] = EventKind.CARRIED_PURGED;
        purged[kind] = EventKind.CARRIED;

        assertThatThrownBy(() -> read(plain))
                .hasMessage("carried task 7: not purged (expected: purged, by the kind of its fact)");
        assertThatThrownBy(() -> read(purged))
                .hasMessage("carried task 7: purged (expected: not purged, by the kind of its fact)");
    }

    @Test
    void aCarriedEndSaysLengthsIfAndOnlyIfItsKindSaysSo() {
        End end = new End(9, EndCause.SUCCEEDED, 5, false, null);
        byte[] plain = Samples.record(to -> to.carried(Samples.carried(null, end)));
        byte[] lengths = Samples.record(to -> to.carried(Samples.carried(null, end.withLengths(1_025, 0))));
        int kind = Samples.record(to -> {}).length;
        plain[kind] = EventKind.CARRIED_WITH_LENGTHS;
        lengths[kind] = EventKind.CARRIED;

        assertThatThrownBy(() -> read(plain))
                .hasMessage("lengths of carried task 7: none (expected: some, by the kind of its fact)");
        assertThatThrownBy(() -> read(lengths))
                .hasMessage("lengths of carried task 7: some (expected: none, by the kind of its fact)");
    }

    @Test
    void whatNoWriterMakesIsRefusedByName() {
        assertThatThrownBy(() -> new TurnReader().header(null)).hasMessage("journal record: null (expected: bytes)");
        assertThatThrownBy(() -> new TurnReader().header(new byte[] {2}))
                .hasMessage("journal record format: 2 (expected: 1)");
        assertThatThrownBy(() -> read(Samples.record(to -> to.cancelled(0, 1))))
                .hasMessage("task number or fence: 0 (expected: > 0)");
        assertThatThrownBy(() -> read(Samples.record(to -> to.returned(1, -1, 1))))
                .hasMessage("task number or fence: -1 (expected: > 0)");
        assertThatThrownBy(() -> read(Samples.record(to -> to.leased(1, 1, 1, null, null))))
                .hasMessage("worker: none (expected: text)");
        byte[] unknown = Arrays.copyOf(Samples.record(to -> {}), Samples.record(to -> {}).length + 1);
        unknown[unknown.length - 1] = EventKind.RESCHEDULED;
        assertThatThrownBy(() -> read(unknown)).hasMessageStartingWith("journal event kind: 36 (expected: ");
        TurnReader reader = new TurnReader();
        reader.header(Samples.record(Events::released));
        assertThatThrownBy(reader::claimAfterHeader).hasMessage("first event of a claim: 2 (expected: a claim)");
    }

    private static List<String> read(byte[] record) {
        List<Told> told = new ArrayList<>();
        TurnReader reader = new TurnReader();
        assertThat(reader.header(record)).isEqualTo(Samples.HEADER);
        reader.events(Told.into(told));
        return told.stream().map(Told::toString).toList();
    }
}
