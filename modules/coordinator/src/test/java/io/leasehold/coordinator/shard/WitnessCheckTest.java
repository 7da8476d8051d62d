package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.coordinator.shard.WitnessCheck.Verdict;
import org.junit.jupiter.api.Test;

class WitnessCheckTest {
    private static final LogIdentity LOG = new LogIdentity("cluster", "journal-1", "inbox-1", 4);
    private static final Witness WITNESS = new Witness("journal-1", "inbox-1", 7, 0, 100);

    private final WitnessCheck check = new WitnessCheck(2, WITNESS);

    @Test
    void logThatReachesTheWitnessIsGood() {
        assertThat(check.verdict(100, 7, null, LOG)).isEqualTo(Verdict.GOOD);
        assertThat(check.verdict(500, 9, null, LOG)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void withoutAWitnessEveryLogIsGood() {
        assertThat(new WitnessCheck(2, null).verdict(0, 0, null, LOG)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void readerThatIsBehindReadsOnBeforeItJudges() {
        assertThat(check.verdict(90, 7, null, LOG)).isEqualTo(Verdict.ASK_END);
        assertThat(check.verdict(90, 7, null, LOG)).isEqualTo(Verdict.WAIT);
        check.endsAt(120);
        assertThat(check.verdict(90, 7, null, LOG)).isEqualTo(Verdict.WAIT);

        assertThat(check.verdict(120, 7, null, LOG)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void logThatEndsBeforeTheWitnessIsShort() {
        assertThat(check.verdict(90, 7, null, LOG)).isEqualTo(Verdict.ASK_END);
        check.endsAt(90);

        assertThat(check.verdict(90, 7, null, LOG)).isEqualTo(Verdict.SHORT);
        assertThat(check.problem(90, 7, LOG))
                .contains("ends at offset 90 with epoch 7")
                .contains("expected: at least offset 100 with epoch 7")
                .contains("witness/2");
    }

    @Test
    void logWhoseNewestClaimIsOlderThanTheWitnessIsShort() {
        assertThat(check.verdict(200, 6, null, LOG)).isEqualTo(Verdict.ASK_END);
        check.endsAt(200);

        assertThat(check.verdict(200, 6, null, LOG)).isEqualTo(Verdict.SHORT);
    }

    @Test
    void endThatWasToldBeforeItWasAskedForDoesNotCount() {
        check.endsAt(90);

        assertThat(check.verdict(90, 7, null, LOG)).isEqualTo(Verdict.ASK_END);
        assertThat(check.verdict(90, 7, null, LOG)).isEqualTo(Verdict.WAIT);
    }

    @Test
    void anotherTopicIsAnotherLog() {
        LogIdentity other = new LogIdentity("cluster", "journal-2", "inbox-1", 4);

        assertThat(check.verdict(500, 9, null, other)).isEqualTo(Verdict.SHORT);
    }
}
