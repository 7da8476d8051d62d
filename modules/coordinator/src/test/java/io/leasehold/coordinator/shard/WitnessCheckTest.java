package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.coordinator.shard.WitnessCheck.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessCheckTest {
    private static final LogIdentity LOG = new LogIdentity("cluster", "journal-1", "inbox-1", 4);
    private static final Witness WITNESS = new Witness("journal-1", "inbox-1", 7, 0, 100);

    private final ClaimPlaces claims = new ClaimPlaces();
    private final WitnessCheck check = new WitnessCheck(2, List.of(WITNESS));

    @Test
    void logThatReachesTheWitnessIsGood() {
        assertThat(check.verdict(100, 100, 7, null, LOG, claims)).isEqualTo(Verdict.GOOD);
        assertThat(check.verdict(500, 500, 9, null, LOG, claims)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void withoutAWitnessEveryLogIsGood() {
        assertThat(new WitnessCheck(2, List.of()).verdict(0, 0, 0, null, LOG, claims))
                .isEqualTo(Verdict.GOOD);
    }

    @Test
    void readerThatIsBehindReadsOnBeforeItJudges() {
        assertThat(check.verdict(90, 90, 7, null, LOG, claims)).isEqualTo(Verdict.ASK_END);
        assertThat(check.verdict(90, 90, 7, null, LOG, claims)).isEqualTo(Verdict.WAIT);
        check.endsAt(120);
        assertThat(check.verdict(90, 90, 7, null, LOG, claims)).isEqualTo(Verdict.WAIT);

        assertThat(check.verdict(120, 120, 7, null, LOG, claims)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void logThatEndsBeforeTheWitnessIsShort() {
        assertThat(check.verdict(90, 90, 7, null, LOG, claims)).isEqualTo(Verdict.ASK_END);
        check.endsAt(90);

        assertThat(check.verdict(90, 90, 7, null, LOG, claims)).isEqualTo(Verdict.SHORT);
        assertThat(check.problem(90, 7, LOG, claims))
                .contains("ends at offset 90 with epoch 7")
                .contains("expected: at least offset 100 with epoch 7")
                .contains("witness/2");
    }

    @Test
    void logWhoseNewestClaimIsOlderThanTheWitnessIsShort() {
        assertThat(check.verdict(200, 200, 6, null, LOG, claims)).isEqualTo(Verdict.ASK_END);
        check.endsAt(200);

        assertThat(check.verdict(200, 200, 6, null, LOG, claims)).isEqualTo(Verdict.SHORT);
    }

    @Test
    void endThatWasToldBeforeItWasAskedForDoesNotCount() {
        check.endsAt(90);

        assertThat(check.verdict(90, 90, 7, null, LOG, claims)).isEqualTo(Verdict.ASK_END);
        assertThat(check.verdict(90, 90, 7, null, LOG, claims)).isEqualTo(Verdict.WAIT);
    }

    @Test
    void anotherTopicIsAnotherLog() {
        LogIdentity other = new LogIdentity("cluster", "journal-2", "inbox-1", 4);

        assertThat(check.verdict(500, 500, 9, null, other, claims)).isEqualTo(Verdict.SHORT);
    }

    @Test
    void laterClaimInThePlaceOfWitnessedRecordsMeansThatTheyAreLost() {
        claims.effective(8, 95);

        assertThat(check.verdict(500, 500, 8, null, LOG, claims)).isEqualTo(Verdict.SHORT);
        assertThat(check.problem(500, 8, LOG, claims)).contains("with a later claim at offset 95 already");
    }

    @Test
    void laterClaimBehindTheWitnessedRecordsIsHowShardsMove() {
        claims.effective(7, 20);
        claims.effective(8, 100);

        assertThat(check.verdict(101, 101, 8, null, LOG, claims)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void everyWitnessCounts() {
        WitnessCheck both = new WitnessCheck(2, List.of(WITNESS, new Witness("journal-1", "inbox-1", 7, 0, 110)));

        assertThat(both.verdict(100, 100, 7, null, LOG, claims)).isEqualTo(Verdict.ASK_END);
        both.endsAt(100);

        assertThat(both.verdict(100, 100, 7, null, LOG, claims)).isEqualTo(Verdict.SHORT);
        assertThat(both.problem(100, 7, LOG, claims)).contains("expected: at least offset 110");
    }

    @Test
    void voidRecordsBehindTheLossReplaceNothing() {
        assertThat(check.verdict(101, 99, 7, null, LOG, claims)).isEqualTo(Verdict.ASK_END);
        check.endsAt(101);

        assertThat(check.verdict(101, 99, 7, null, LOG, claims)).isEqualTo(Verdict.SHORT);
    }
}
