package io.leasehold.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.chaos.history.Event;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** For each guarantee a history that breaks it, and one beside it that does not. */
class JudgeTest {
    private final Doctored history = new Doctored().whole("good");

    @Test
    void aTaskThatWentItsWayBreaksNothing() {
        assertThat(history.verdict().violations()).isEmpty();
        assertThat(history.verdict().counts()).containsEntry("acknowledged", 1L).containsEntry("completed", 1L);
    }

    @Test
    void anAcknowledgedTaskThatIsUnknownIsLost() {
        history.submitted("a").stands("a", "unknown", null, 0, 0);
        assertBroken("G1");
    }

    @Test
    void aTaskThatNobodyAcknowledgedMayBeUnknown() {
        history.events.add(new Event.Submitting("a", "kafka", 0, 0, null, null, 3, 400));
        history.stands("a", "unknown", null, 0, 0);
        assertThat(history.verdict().violations()).isEmpty();
    }

    @Test
    void anEndWithoutAReasonIsNotAllowed() {
        history.submitted("a").ended("a", "dead", "attempts-exhausted", 2, 0);
        assertBroken("G2");
    }

    @Test
    void aCancelThatNobodyAskedForIsNotAllowed() {
        history.submitted("a").ended("a", "cancelled", "cancelled", 0, 0);
        assertBroken("G2");
    }

    @Test
    void twoLeasesThatAreBelievedAtOneTimeOverlap() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .silenced("w1", 200)
                .granted("a", 2, 2, "w2", 1_000, 1_089)
                .reported("a", 2, "success", "ok", 1_200, 1_210)
                .ended("a", "completed", "succeeded", 0, 1);
        assertBroken("G3");
        assertThat(history.verdict().violations().get(0).what()).contains("another 1.000 ms");
    }

    @Test
    void aLeaseThatRanOutMayBeGrantedAgain() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .silenced("w1", 200)
                .granted("a", 2, 2, "w2", 1_000, 1_090)
                .reported("a", 2, "success", "ok", 1_200, 1_210)
                .ended("a", "completed", "succeeded", 0, 1);
        assertThat(history.verdict().violations()).isEmpty();
    }

    @Test
    void aGrantThatWasToldWhenItWasOverIsNotBelieved() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 1_500)
                .reported("a", 1, "release", "lost", 1_510, 1_520)
                .granted("a", 2, 2, "w2", 1_300, 1_400)
                .reported("a", 2, "success", "ok", 1_600, 1_610)
                .ended("a", "completed", "succeeded", 0, 1);
        assertThat(history.verdict().violations()).isEmpty();
    }

    @Test
    void aHeartbeatIsBelievedFromWhenItWasSent() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .beat("a", 1, "ok", 500, 700)
                .silenced("w1", 800)
                .granted("a", 2, 2, "w2", 1_000, 1_499)
                .reported("a", 2, "success", "ok", 1_600, 1_610)
                .ended("a", "completed", "succeeded", 0, 1);
        assertBroken("G3");
    }

    @Test
    void whoReportsAFailureBelievesNoMoreThoughItsAnswerIsLate() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .reporting("a", 1, "failure", 200)
                .granted("a", 2, 2, "w2", 201, 220)
                .reported("a", 1, "failure", "ok", 300, 310)
                .reported("a", 2, "success", "ok", 400, 410)
                .ended("a", "completed", "succeeded", 1, 0);
        assertThat(history.verdict().violations()).isEmpty();
        assertThat(history.verdict().redeliveries()).containsEntry("failure", 1);
    }

    @Test
    void aFenceThatIsOlderThanOneToldBeforeDoesNotRise() {
        history.submitted("a")
                .granted("a", 5, 1, "w1", 90, 100)
                .reported("a", 5, "failure", "ok", 200, 210)
                .granted("a", 4, 2, "w2", 300, 310)
                .reported("a", 4, "failure", "ok", 320, 330)
                .ended("a", "dead", "attempts-exhausted", 3, 0);
        assertBroken("G4", "G5");
    }

    @Test
    void aFailureThatIsAcceptedAfterTheTaskWasGivenToAnotherIsTooLate() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .silenced("w1", 200)
                .granted("a", 2, 2, "w2", 1_100, 1_110)
                .reported("a", 1, "failure", "ok", 1_200, 1_210)
                .reported("a", 2, "success", "ok", 1_300, 1_310)
                .ended("a", "completed", "succeeded", 1, 1);
        assertBroken("G5");
    }

    @Test
    void aFailureThatIsRepeatedAfterTheTaskWasGivenToAnotherIsStillKnown() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .reporting("a", 1, "failure", 200)
                .granted("a", 2, 2, "w2", 600, 610)
                .reported("a", 1, "failure", "ok", 700, 710)
                .reported("a", 2, "success", "ok", 800, 810)
                .ended("a", "completed", "succeeded", 1, 0);
        assertThat(history.verdict().violations()).isEmpty();
    }

    @Test
    void aSuccessThatWasAcceptedAndIsGoneWasUndone() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .reported("a", 1, "success", "ok", 200, 210)
                .cancelled("a", "cancelled", 150)
                .ended("a", "cancelled", "cancelled", 0, 0);
        assertBroken("G6");
    }

    @Test
    void aFailureThatWasAcceptedAndIsNotCountedWasUndone() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .reported("a", 1, "failure", "ok", 200, 210)
                .granted("a", 2, 2, "w1", 290, 300)
                .reported("a", 2, "success", "ok", 400, 410)
                .ended("a", "completed", "succeeded", 0, 0);
        assertBroken("G6");
    }

    @Test
    void twoEndsOfOneLifeAreOneTooMany() {
        history.whole("a").told("a", 2, "completed", "succeeded", 0, 0);
        assertBroken("G7");
    }

    @Test
    void copiesOfOneEndAreOneEnd() {
        history.whole("a").told("a", 1, "completed", "succeeded", 0, 0);
        assertThat(history.verdict().violations()).isEmpty();
    }

    @Test
    void aDeadTaskThatIsRedrivenEndsAgain() {
        history.submitted("a")
                .told("a", 1, "dead", "attempts-exhausted", 3, 0)
                .redriving("a", 1_000)
                .granted("a", 9, 1, "w1", 1_100, 1_110)
                .reported("a", 9, "success", "ok", 1_200, 1_210)
                .told("a", 2, "completed", "succeeded", 0, 0)
                .stands("a", "completed", "succeeded", 0, 0);
        assertThat(history.verdict().violations()).isEmpty();
    }

    @Test
    void aTaskThatStartsBeforeItsTimeIsEarly() {
        history.submitted("a", NothingEarly.TOLERANCE_MS + 101, null)
                .granted("a", 1, 1, "w1", 90, 100)
                .reported("a", 1, "success", "ok", 400, 500)
                .ended("a", "completed", "succeeded", 0, 0);
        assertBroken("G9");
    }

    @Test
    void aTaskThatStartsAfterItsDeadlineIsLate() {
        long lateMs = NothingEarly.TOLERANCE_MS + 50;
        history.submitted("a", null, 50L)
                .granted("a", 1, 1, "w1", lateMs, lateMs + 1)
                .reported("a", 1, "success", "ok", lateMs + 2, lateMs + 3)
                .ended("a", "completed", "succeeded", 0, 0);
        history.granted("a", 1, 1, "w1", lateMs, lateMs + 1);
        assertThat(brokenBy(history)).isEmpty();
        history.events.removeIf(
                event -> event instanceof Event.Granted it && it.id().equals("a"));
        history.granted("a", 1, 1, "w1", lateMs + 1, lateMs + 2);
        assertBroken("G9");
    }

    @Test
    void moreFailuresThanAttemptsAreTooMany() {
        history.submitted("a")
                .told("a", 1, "dead", "attempts-exhausted", 3, 0)
                .stands("a", "dead", "attempts-exhausted", 4, 0);
        assertBroken("G10");
    }

    @Test
    void aSecondSubmissionThatIsNewMadeASecondTask() {
        history.whole("a").acknowledged("a", false, 10, 11);
        assertBroken("G11");
    }

    @Test
    void aSecondSubmissionThatIsADuplicateChangesNothing() {
        history.whole("a").acknowledged("a", true, 10, 11);
        assertThat(history.verdict().violations()).isEmpty();
    }

    @Test
    void aCancelledTaskThatIsGivenOutWasNotCancelled() {
        history.submitted("a")
                .cancelled("a", "cancelled", 50)
                .granted("a", 1, 1, "w1", 90, 100)
                .ended("a", "cancelled", "cancelled", 0, 0);
        assertBroken("G12");
    }

    @Test
    void aTaskThatStandsStillHasNotEnded() {
        history.submitted("a").stands("a", "ready", null, 0, 0);
        assertBroken("P4");
    }

    @Test
    void anEndThatTheWorldWasNotToldIsNone() {
        history.submitted("a").cancelled("a", "cancelled", 50).stands("a", "cancelled", "cancelled", 0, 0);
        assertBroken("P4");
    }

    @Test
    void aTaskTakenFromAWorkerThatDidNothingWrongIsUnexplained() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .granted("a", 2, 2, "w2", 1_000, 1_091)
                .reported("a", 2, "success", "ok", 1_200, 1_210)
                .ended("a", "completed", "succeeded", 0, 1);
        assertBroken("every");
    }

    @Test
    void aHeartbeatThatNobodyAnsweredInTimeExplainsIt() {
        history.submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .beat("a", 1, "unanswered", 400, 900)
                .granted("a", 2, 2, "w2", 1_000, 1_091)
                .reported("a", 2, "success", "ok", 1_200, 1_210)
                .ended("a", "completed", "succeeded", 0, 1);
        assertThat(history.verdict().violations()).isEmpty();
        assertThat(history.verdict().redeliveries()).containsEntry("unanswered", 1);
    }

    @Test
    void aFaultMeanwhileExplainsIt() {
        history.fault(1, 500, 600)
                .submitted("a")
                .granted("a", 1, 1, "w1", 90, 100)
                .granted("a", 2, 2, "w2", 1_000, 1_091)
                .reported("a", 2, "success", "ok", 1_200, 1_210)
                .ended("a", "completed", "succeeded", 0, 1);
        assertThat(history.verdict().violations()).isEmpty();
        assertThat(history.verdict().redeliveries()).containsEntry("during-a-fault", 1);
    }

    private void assertBroken(String... guarantees) {
        assertThat(brokenBy(history)).containsExactlyInAnyOrder(guarantees);
    }

    /** The first word of each guarantee that is broken. */
    private static Set<String> brokenBy(Doctored history) {
        return history.verdict().violations().stream()
                .map(it -> it.guarantee().split(" ")[0])
                .collect(Collectors.toSet());
    }
}
