package io.leasehold.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantTest {
    private static final long ALL = Long.MAX_VALUE;

    private final Lived lived = new Lived();

    private List<Grant> poll(String worker, String pollId) {
        return lived.decider().grant(new Wanted(worker, List.of("default"), 10, ALL, 0, pollId), lived.nowMs());
    }

    private static List<String> ids(List<Grant> grants) {
        return grants.stream().map(grant -> grant.task().id()).toList();
    }

    @Test
    void theBestOfAllQueuesComesFirst() {
        long deadline = lived.nowMs() + 1_000;
        lived.accept(Tasks.id("last").queue("a").task());
        lived.accept(Tasks.id("urgent").queue("b").deadline(deadline).task());
        lived.accept(Tasks.id("later").queue("c").deadline(deadline + 1).task());
        lived.accept(Tasks.id("high").queue("a").priority(7).task());
        lived.accept(Tasks.id("low").queue("b").priority(-1).deadline(deadline).task());
        lived.accept(Tasks.id("foreign").queue("d").priority(100).task());
        lived.accept(Tasks.id("tie").queue("c").deadline(deadline).task());
        assertThat(ids(lived.grant(4, "c", "a", "nowhere", "b", "a")))
                .containsExactly("high", "urgent", "tie", "later");
        assertThat(ids(lived.grant(9, "b", "a"))).containsExactly("last", "low");
        assertThat(lived.grant(9, "nowhere")).isEmpty();
    }

    @Test
    void aGrantSaysWhatTheWorkerMustKnow() {
        lived.accept(Tasks.id("a").leaseMs(7_000).notBefore(lived.nowMs() + 3).task());
        assertThat(lived.grant(1, "default"))
                .as("nothing starts before its time")
                .isEmpty();
        lived.turn(3);
        Grant grant = lived.grant(1, "default").get(0);
        assertThat(grant.leaseMs()).isEqualTo(7_000);
        assertThat(grant.attempt()).isEqualTo(1);
        assertThat(grant.readyMs()).isEqualTo(lived.nowMs());
        assertThat(grant.fence()).isEqualTo(lived.nowMs() * 2048);
    }

    @Test
    void aWorkersOwnLeaseGoesBeforeTheTasks() {
        lived.accept(Tasks.id("a").leaseMs(7_000).task());
        Wanted wanted = new Wanted("w", List.of("default"), 1, ALL, 55, null);
        assertThat(lived.decider().grant(wanted, lived.nowMs()).get(0).leaseMs())
                .isEqualTo(55);
        assertThat(lived.entry("a").lease().leaseMs()).isEqualTo(55);
    }

    @Test
    void headsWhoseDeadlineHasPassedEndOnTheWay() {
        long nowMs = lived.nowMs();
        lived.accept(Tasks.id("past").priority(9).deadline(nowMs - 1).task());
        lived.accept(Tasks.id("past too").priority(8).deadline(1).task());
        lived.accept(Tasks.id("just").priority(7).deadline(nowMs).task());
        lived.accept(Tasks.id("other").queue("q").deadline(nowMs - 1).task());
        lived.told();
        assertThat(ids(lived.grant(5, "default", "q"))).containsExactly("just");
        assertThat(lived.told())
                .containsExactly(
                        "expired(1, " + nowMs + ")",
                        "expired(2, " + nowMs + ")",
                        "expired(4, " + nowMs + ")",
                        "leased(3, " + nowMs * 2048 + ", 30000, \"worker\", null)");
    }

    @Test
    void aGrantEndsAtMostAThousandOnItsWay() {
        for (int i = 0; i < 2_500; i++) {
            lived.accept(Tasks.id("t" + i).priority(1).deadline(1).task());
        }
        lived.accept(Tasks.plain("good"));
        assertThat(lived.grant(5, "default")).isEmpty();
        assertThat(lived.state().lastEnd()).isEqualTo(1_000);
        assertThat(lived.grant(5, "default")).isEmpty();
        assertThat(ids(lived.grant(5, "default"))).containsExactly("good");
        assertThat(lived.state().lastEnd()).isEqualTo(2_500);
    }

    @Test
    void fencesRiseThoughTheClockStandsStillOrGoesBack() {
        for (int i = 0; i < 5_000; i++) {
            lived.accept(Tasks.plain("t" + i));
        }
        long last = 0;
        for (long nowMs :
                new long[] {0, 1, lived.nowMs(), lived.nowMs(), lived.nowMs() - 86_400_000, 5, lived.nowMs() + 1}) {
            Wanted wanted = new Wanted("w", List.of("default"), 600, ALL, 0, null);
            List<Grant> grants = lived.decider().grant(wanted, nowMs);
            assertThat(grants).hasSize(600);
            for (Grant grant : grants) {
                assertThat(grant.fence()).isGreaterThan(last).isLessThan(1L << 53);
                last = grant.fence();
            }
        }
    }

    @Test
    void fencesRiseForAnIdThatLivesAgain() {
        lived.die("a");
        long first = lived.entry("a").fence();
        lived.decider().redrive(lived.entry("a"), lived.nowMs());
        assertThat(lived.leaseNext()).isGreaterThan(first);
    }

    @Test
    void aRepeatedPollGetsWhatItGotAsFarAsItHolds() {
        for (String id : List.of("a", "b", "c")) {
            lived.accept(Tasks.plain(id));
        }
        List<Grant> first = poll("w", "p");
        lived.accept(Tasks.id("new").priority(9).task());
        lived.told();
        assertThat(poll("w", "p")).isEqualTo(first);
        assertThat(lived.told()).isEmpty();
        lived.succeed(first.get(1).fence());
        assertThat(ids(poll("w", "p"))).containsExactly("a", "c");
        assertThat(ids(poll("v", "p"))).as("another worker").containsExactly("new");
    }

    @Test
    void aPollWithoutANameIsNeverARepeat() {
        lived.accept(Tasks.plain("a"));
        lived.accept(Tasks.plain("b"));
        assertThat(ids(lived.grant(1, "default"))).containsExactly("a");
        assertThat(ids(lived.grant(1, "default"))).containsExactly("b");
    }

    @Test
    void payloadsBoundAGrantButNeverToNothing() {
        for (String id : List.of("a", "b", "c", "d")) {
            lived.accept(Tasks.id(id).payload(new byte[100]).task());
        }
        assertThat(ids(grantBytes(0))).containsExactly("a");
        assertThat(ids(grantBytes(200))).containsExactly("b", "c");
        lived.accept(Tasks.id("e").payload(new byte[100]).task());
        assertThat(ids(grantBytes(199))).containsExactly("d");
    }

    private List<Grant> grantBytes(long maxBytes) {
        return lived.decider().grant(new Wanted("w", List.of("default"), 9, maxBytes, 0, null), lived.nowMs());
    }

    @Test
    void aWorkerThatAsksForNothingGetsNothing() {
        lived.accept(Tasks.plain("a"));
        assertThat(lived.grant(0, "default")).isEmpty();
        assertThat(lived.entry("a").state()).isEqualTo(TaskState.READY);
    }

    @Test
    void aLeasedTaskIsGrantedToNobodyElse() {
        Task task = Tasks.plain("a");
        lived.accept(task);
        assertThat(lived.grant(5, "default")).hasSize(1);
        assertThat(lived.grant(5, "default")).isEmpty();
    }
}
