package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EndsOutletTest {
    private static final long PAUSE_MS = 1_000;
    private static final Exception AWAY = new IllegalStateException("no broker");

    private record Asked(long attempt, List<Long> numbers) {}

    private final List<Asked> asked = new ArrayList<>();
    private final List<EndedTask> state = new ArrayList<>();
    private final EndsOutlet outlet = new EndsOutlet(
            0,
            new Ends() {
                @Override
                public void publish(long attempt, List<EndedTask> ends) {
                    asked.add(new Asked(
                            attempt, ends.stream().map(EndedTask::number).toList()));
                }

                @Override
                public void close() {}
            },
            this::between,
            PAUSE_MS);

    private List<EndedTask> between(long after, long upTo, int most, long mostBytes) {
        return state.stream()
                .filter(end -> end.number() > after && end.number() <= upTo)
                .limit(most)
                .toList();
    }

    private void end(long from, long to) {
        end(from, to, 1);
    }

    private void end(long from, long to, int resultBytes) {
        List<EndedTask> more = LongStream.rangeClosed(from, to)
                .mapToObj(number -> ended(number, resultBytes))
                .toList();
        state.addAll(more);
        outlet.publish(more);
    }

    private static EndedTask ended(long number, int resultBytes) {
        return new EndedTask(
                0,
                number,
                "id-" + number,
                "q",
                null,
                0,
                TaskState.COMPLETED,
                EndCause.SUCCEEDED,
                1,
                0,
                0,
                0,
                false,
                new byte[resultBytes],
                null,
                null);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void aLaterEndOfAFailedAttemptSaysNothingOfThoseThatFailed() {
        end(1, 2);
        end(3, 3);
        outlet.failed(0, AWAY, 0);
        outlet.acknowledged(0, 3);
        assertThat(outlet.published()).isZero();

        outlet.retry(PAUSE_MS);
        outlet.acknowledged(0, 3);

        assertThat(outlet.published()).isZero();
        assertThat(asked.get(2)).isEqualTo(new Asked(1, numbers(1, 3)));
        outlet.acknowledged(1, 3);
        assertThat(outlet.published()).isEqualTo(3);
    }

    @Test
    void aFailureOfAnEarlierAttemptIsNotOneOfThePresent() {
        end(1, 2);
        outlet.failed(0, AWAY, 0);
        outlet.retry(PAUSE_MS);
        outlet.failed(0, AWAY, PAUSE_MS);
        outlet.acknowledged(1, 2);
        assertThat(outlet.published()).isEqualTo(2);
    }

    @Test
    void whatEndsBetweenAFailureAndTheNextAttemptWaitsForIt() {
        end(1, 2);
        outlet.failed(0, AWAY, 0);
        end(3, 4);
        outlet.retry(PAUSE_MS - 1);
        assertThat(asked).containsExactly(new Asked(0, numbers(1, 2)));
        assertThat(outlet.waiting()).isEqualTo(4);

        outlet.retry(PAUSE_MS);
        assertThat(asked).endsWith(new Asked(1, numbers(1, 4)));
    }

    @Test
    void whatWasAcknowledgedBeforeTheFailureIsNotSentAgain() {
        end(1, 2);
        end(3, 4);
        outlet.acknowledged(0, 2);
        outlet.failed(0, AWAY, 0);
        outlet.retry(PAUSE_MS);
        assertThat(asked).endsWith(new Asked(1, numbers(3, 4)));
    }

    @Test
    void afterAFailureOneWindowIsUnderWayAtATimeUntilEverythingIsPublic() {
        end(1, 2_500);
        outlet.failed(0, AWAY, 0);
        outlet.retry(PAUSE_MS);
        end(2_501, 2_600);
        assertThat(asked.subList(1, asked.size())).containsExactly(new Asked(1, numbers(1, 1_000)));

        outlet.acknowledged(1, 1_000);
        outlet.acknowledged(1, 2_000);
        assertThat(asked.subList(2, asked.size()))
                .containsExactly(new Asked(1, numbers(1_001, 2_000)), new Asked(1, numbers(2_001, 2_600)));

        outlet.acknowledged(1, 2_600);
        end(2_601, 2_601);
        end(2_602, 2_602);
        assertThat(asked).endsWith(new Asked(1, numbers(2_601, 2_601)), new Asked(1, numbers(2_602, 2_602)));
    }

    @Test
    void onlySoManyEndsAreUnderWayAtOneTime() {
        for (long from = 1; from <= 50_000; from += 500) {
            end(from, from + 499);
        }
        assertThat(underWay()).isEqualTo(EndsOutlet.MOST_UNDER_WAY);
        assertThat(outlet.waiting()).isEqualTo(50_000);

        long told = 0;
        while (outlet.published() < 50_000) {
            Asked next = asked.get((int) told++);
            outlet.acknowledged(0, next.numbers().get(next.numbers().size() - 1));
        }
        assertThat(asked.stream().flatMap(each -> each.numbers().stream()).toList())
                .isEqualTo(numbers(1, 50_000));
    }

    @Test
    void onlySoManyBytesOfEndsAreUnderWayAtOneTime() {
        int kept = 64 << 10;
        for (long number = 1; number <= 1_000; number++) {
            end(number, number, kept);
        }
        assertThat(underWay() * kept).isEqualTo(EndsOutlet.MOST_BYTES_UNDER_WAY);
    }

    private long underWay() {
        return asked.stream().mapToLong(each -> each.numbers().size()).sum();
    }

    @Test
    void aNewOwnerBeginsWithWhatTheLastOneHadNotSaidToBePublic() {
        LongStream.rangeClosed(11, 20).forEach(number -> state.add(ended(number, 1)));
        outlet.begin(10, 20);
        assertThat(asked).containsExactly(new Asked(0, numbers(11, 20)));
        outlet.acknowledged(0, 20);
        assertThat(outlet.waiting()).isZero();
    }
}
