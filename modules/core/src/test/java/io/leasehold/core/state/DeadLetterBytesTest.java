package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Lived;
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
    void endThatIsRememberedTakesLessOnceItIsPublic() {
        lived.succeed(lived.lease("t"));
        long before = lived.state().bytes();

        lived.fact().endsPublished(1);

        // An entry and its past are 280 bytes beside the texts, a packed one 110.
        assertThat(before - lived.state().bytes()).isEqualTo(130 + 150 - 60 - 50);
        Recount.check(lived.state());
    }
}
