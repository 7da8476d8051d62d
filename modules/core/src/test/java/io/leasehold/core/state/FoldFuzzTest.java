package io.leasehold.core.state;

import io.leasehold.core.event.Claim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.kit.Seeds;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fold is total: facts that nobody would decide, in an order that nobody would tell, leave a state that adds up. */
class FoldFuzzTest {
    private static final int FACTS = 3_000;

    static java.util.stream.LongStream seeds() {
        return Seeds.of(40);
    }

    @ParameterizedTest(name = "-Dleasehold.seed={0}")
    @MethodSource("seeds")
    void anyFactsInAnyOrderLeaveAStateThatAddsUp(long seed) {
        Random random = new Random(seed);
        ShardState state = new ShardState();
        Fold fold = new Fold(state);
        for (int i = 0; i < FACTS; i++) {
            fact(fold, random, i);
            if (i % 100 == 0) {
                Recount.check(state);
                StateDigest.of(state);
            }
        }
        fold.begin(new TurnHeader(Long.MAX_VALUE, 1, 0, Long.MAX_VALUE, 0));
        Recount.check(state);
    }

    private static void fact(Fold fold, Random random, int told) {
        // Mostly numbers and fences about as high as they would be by now.
        long number = 1 + told / 6 + random.nextInt(9) - random.nextInt(9) * random.nextInt(9);
        long fence = 1 + told / 6 + random.nextInt(4);
        long time = random.nextInt(100) == 0 ? Long.MAX_VALUE : random.nextInt(1_000);
        switch (random.nextInt(19)) {
            case 0 ->
                fold.begin(
                        new TurnHeader(1 + random.nextInt(90), random.nextInt(2), random.nextInt(3), time % 1_000, 0));
            case 1, 2, 3 -> fold.accepted(number, task(random), time);
            case 4, 5 -> fold.leased(number, fence, time, "w" + random.nextInt(2), random.nextBoolean() ? null : "p");
            case 6 -> fold.completed(number, fence, time, random.nextBoolean(), new byte[random.nextInt(2_000)]);
            case 7 -> fold.failed(number, fence, time, random.nextBoolean() ? null : "e");
            case 8 -> fold.returned(number, fence, time);
            case 9 -> fold.leaseExpired(number, fence, random.nextBoolean());
            case 10 -> fold.deadLettered(number, EndCause.ofCode(2 + random.nextInt(3)), time);
            case 11 -> fold.expired(number, time);
            case 12 -> fold.cancelled(number, time);
            case 13 -> fold.redriven(number, number + random.nextInt(40), time, 1 + time / 2);
            case 15 -> fold.termsSet(3 + random.nextInt(2), time);
            case 16 -> fold.timeSet(time);
            case 17 -> fold.purged(number);
            case 14 -> fold.endsPublished(random.nextInt(told + 1) / 10);
            default -> {
                fold.inboxSettled(time, random.nextInt(3));
                fold.released();
                fold.claimed(new Claim("o", "c", "j", "i", 1, 1, 0, 0, 0));
            }
        }
    }

    private static Task task(Random random) {
        return Tasks.id("t" + random.nextInt(400))
                .queue("q" + random.nextInt(3))
                .priority(random.nextInt(24) - 10)
                .notBefore(random.nextInt(1_200))
                .deadline(random.nextBoolean() ? Task.NO_DEADLINE : 1 + random.nextInt(1_000))
                .task();
    }
}
