package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Report.Outcome;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.Task;
import org.junit.jupiter.api.Test;

/** A dead letter keeps its entry, its payload and its past; only an end that is remembered is packed. */
class DeadLetterBytesTest {
    private final Lived lived = new Lived();

    @Test
    void deadLetterTakesNoLessThanItTookWhenItWasLeased() {
        lived.lease("t");
        long queue = lived.state().queue("default").bytes();
        long leased = lived.state().bytes() - queue;
        lived.die("u");
        long both = lived.state().bytes() - queue;

        assertThat(both - leased).isGreaterThanOrEqualTo(leased);
    }

    @Test
    void deadLetterTakesAsMuchOnceItsEndIsPublic() {
        lived.die("u");
        long before = lived.state().bytes();

        lived.fact().endsPublished(1);

        assertThat(lived.state().bytes()).isEqualTo(before);
        Recount.check(lived.state());
    }

    @Test
    void deadLetterThatIsPurgedFreesItsBytes() {
        String error = "no ".repeat(10_000);
        for (int i = 0; i < 100; i++) {
            Task task = Tasks.id("poison-" + i).payload(new byte[16_384]).task();
            lived.accept(task);
            lived.report(lived.leaseNext(), new Report(Outcome.FAILURE, new byte[0], error, false, -1));
        }
        lived.fact().endsPublished(100);
        long dead = lived.state().bytes();
        long carried = lived.state().carryBytes();
        assertThat(dead).isGreaterThan(100 * (16_384 + 30_000));

        for (int i = 0; i < 100; i++) {
            assertThat(lived.decider().purge(lived.entry("poison-" + i))).isTrue();
        }

        // A packed end of 110 bytes beside its texts, of which the error is cut.
        assertThat(lived.state().bytes()).isLessThan(100 * (110 + 1_024 + 100));
        assertThat(carried).isGreaterThan(100 * (16_384 + 30_000));
        assertThat(lived.state().carryBytes()).isZero();
        Recount.check(lived.state());
    }

    @Test
    void whatIsPurgedBeforeItsEndIsPublicFreesItsPayloadAtOnce() {
        lived.accept(Tasks.id("poison").payload(new byte[16_384]).task());
        lived.report(lived.leaseNext(), new Report(Outcome.FAILURE, new byte[0], "no", false, -1));
        long dead = lived.state().bytes();

        lived.decider().purge(lived.entry("poison"));

        // The length of the payload takes two bytes less, too.
        assertThat(lived.state().bytes()).isEqualTo(dead - 16_384 - 2);
        Recount.check(lived.state());
    }

    @Test
    void endThatIsRememberedTakesLessOnceItIsPublic() {
        lived.succeed(lived.lease("t"));
        long before = lived.state().bytes();

        lived.fact().endsPublished(1);

        // An entry and its past are 280 bytes beside the texts, a packed one 110.
        assertThat(before - lived.state().bytes()).isEqualTo(130 + 150 - 60 - 50);
        Recount.check(lived.state());
    }
}
