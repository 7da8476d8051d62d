package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.success;
import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Task;
import io.micrometer.core.instrument.Meter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardMetersTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs);

    @Test
    void aFollowerIsAStandbyOnceItHasCaughtUpAndAnOwnerIsNone() {
        look(a);
        assertThat(gauge(a, "leasehold.shard.standby")).isEqualTo(1);
        assertThat(gauge(a, "leasehold.shard.owned")).isZero();

        a.owning();
        look(a);

        assertThat(gauge(a, "leasehold.shard.standby")).isZero();
        assertThat(gauge(a, "leasehold.shard.owned")).isEqualTo(1);
    }

    @Test
    void takeoversAreCountedByHowTheLastOwnerLeft() {
        a.owning();
        assertThat(takeovers(a, "first")).isEqualTo(1);

        OneShard b = new OneShard("b", clock, logs).owning();
        assertThat(takeovers(b, "failover")).isEqualTo(1);
        b.loop.release();
        b.settle();
        OneShard c = new OneShard("c", clock, logs).owning();

        assertThat(takeovers(c, "handover")).isEqualTo(1);
        assertThat(takeovers(c, "failover")).isZero();
    }

    @Test
    void aShardThatIsGivenUpInGoodOrderIsNotLostAndOneWhoseAppendFailedIs() {
        a.owning();
        a.loop.release();
        a.settle();
        assertThat(counter(a, "leasehold.shard.losses")).isZero();

        OneShard b = new OneShard("b", clock, logs).owning();
        logs.failAppends(true);
        b.submit(task("t", 0));

        assertThat(counter(b, "leasehold.shard.losses")).isEqualTo(1);
        assertThat(counter(b, "leasehold.journal.append.failures")).isEqualTo(1);
    }

    @Test
    void leasesAreCountedByTheBandOfTheirPriority() {
        a.owning();
        a.submit(task("low", -3), task("high", 8));
        a.poll(1).value();

        assertThat(granted("7-9")).isEqualTo(1);
        assertThat(granted("<0")).isZero();
    }

    @Test
    void theHeadsAgeGoesOnUntilItIsLeased() {
        a.owning();
        a.submit(task("t", 0));
        a.live(7_000);
        assertThat(gauge(a, "leasehold.queue.head.seconds")).isBetween(6.5, 7.5);

        a.poll(1).value();
        look(a);

        assertThat(gauge(a, "leasehold.queue.head.seconds")).isZero();
    }

    @Test
    void deadLettersAreCountedForAsLongAsTheyAreKept() {
        a.owning();
        a.submit(task("t", 0));
        LeasedTask leased = a.poll(1).value().get(0);
        a.report(leased, new Report(Report.Outcome.FAILURE, new byte[0], "no", false, 0));
        look(a);

        assertThat(gauge(a, "leasehold.dead.letters")).isEqualTo(1);
    }

    @Test
    void whatAQueuesAlertsCountIsThereBeforeItHappens() {
        a.owning();
        a.submit(task("t", 0));

        assertThat(a.meters.get("leasehold.tasks.requeued").meters()).hasSize(4);
        assertThat(a.meters.get("leasehold.tasks.ended").meters()).hasSize(4);
        assertThat(a.meters.get("leasehold.leases.granted").meters()).hasSize(6);
        assertThat(counter(a, "leasehold.leases.expired")).isZero();
        assertThat(counter(a, "leasehold.tasks.failures")).isZero();
    }

    @Test
    void fillIsThatOfTheLimitThatIsNearer() {
        ShardOptions options = ShardOptions.of("full");
        OneShard small = new OneShard(
                        new ShardOptions(
                                "full",
                                options.tickMs(),
                                options.proofMs(),
                                options.turnBytes(),
                                options.mailbox(),
                                new Policy(3, 4, 1 << 30, 10_000),
                                options.journal()),
                        clock,
                        logs)
                .owning();
        small.submit(task("t1", 0), task("t2", 0), task("t3", 0));
        look(small);

        assertThat(gauge(small, "leasehold.shard.fill")).isEqualTo(0.75);
        assertThat(gauge(small, "leasehold.mailbox.limit")).isEqualTo(options.mailbox());
    }

    @Test
    void aClockThatIsNotTrustedIsAProblemOfItsKind() {
        a.owning();
        look(a);
        assertThat(problem("clock")).isZero();

        clock.jumpWall(60_000);
        clock.pass(300);
        a.loop.turn();

        assertThat(problem("clock")).isEqualTo(1);
        assertThat(problem("admission")).isZero();
        assertThat(problem("journal")).isZero();
    }

    @Test
    void admissionThatStoppedIsAProblemOfItsKind() {
        a.owning();
        a.loop.release();
        a.settle();
        logs.recreateInbox();
        OneShard b = new OneShard("b", clock, logs).owning();
        look(b);

        assertThat(b.meters
                        .get("leasehold.shard.problem")
                        .tag("kind", "admission")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void aHeartbeatIsCountedByWhatItWasTold() {
        a.owning();
        a.submit(task("t", 0));
        LeasedTask leased = a.poll(1).value().get(0);
        a.desk.heartbeat(0, List.of(leased.grant().fence(), 1L), new Answered<>());
        a.settle();

        assertThat(heartbeats("ok")).isEqualTo(1);
        assertThat(heartbeats("lost")).isEqualTo(1);
        assertThat(heartbeats("retry")).isZero();
    }

    @Test
    void whenACopyGoesOnlyWhatCountsCopiesStays() {
        a.owning();
        LeasedTask leased = submitAndLease();
        a.report(leased, success());
        a.loop.close();
        a.settle();

        assertThat(a.meters.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsOnly(
                        "leasehold.shard.takeovers",
                        "leasehold.shard.losses",
                        "leasehold.journal.append.failures",
                        "leasehold.journal.truncations");
    }

    @Test
    void queueThatWorkGoesThroughIsShownAmongThousandsThatWereMadeUpBefore() {
        a.owning();
        for (int i = 0; i < 5_000; i++) {
            a.submit(inQueue("made-up-" + i, "junk-" + i));
        }
        a.live(1_000);
        for (int i = 0; i < 40; i++) {
            a.submit(inQueue("order-" + i, "orders"));
        }
        a.live(5_000);

        assertThat(lengths("orders")).isEqualTo(40);
        assertThat(a.meters
                        .get("leasehold.queue.head.seconds")
                        .tag("queue", "orders")
                        .gauge()
                        .value())
                .isGreaterThan(1);
        assertThat(a.meters.get("leasehold.queue.head.seconds").gauges()).hasSize(QueueLabels.MOST + 1);
        assertThat(lengths("other")).isEqualTo(4_901);
        a.submit(inQueue("one more order", "orders"));
        assertThat(a.meters
                        .get("leasehold.tasks.accepted")
                        .tag("queue", "orders")
                        .counter()
                        .count())
                .isPositive();
    }

    private double lengths(String queue) {
        return a.meters.get("leasehold.queue.length").tag("queue", queue).gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    private static Task inQueue(String id, String queue) {
        byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
        return new Task(id, queue, null, 0, Task.NO_DEADLINE, 0, payload, 5, 30_000, Backoff.DEFAULT, null);
    }

    private LeasedTask submitAndLease() {
        a.submit(task("t", 0));
        return a.poll(1).value().get(0);
    }

    /** Lets so much time pass that the figures are taken anew. */
    private static void look(OneShard shard) {
        shard.live(300);
    }

    private static double gauge(OneShard shard, String name) {
        return shard.meters.get(name).gauge().value();
    }

    private static double counter(OneShard shard, String name) {
        return shard.meters.get(name).counter().count();
    }

    private static double takeovers(OneShard shard, String how) {
        return shard.meters
                .get("leasehold.shard.takeovers")
                .tag("how", how)
                .counter()
                .count();
    }

    private double granted(String band) {
        return a.meters
                .get("leasehold.leases.granted")
                .tag("band", band)
                .counter()
                .count();
    }

    private double problem(String kind) {
        return a.meters.get("leasehold.shard.problem").tag("kind", kind).gauge().value();
    }

    private double heartbeats(String status) {
        return a.meters
                .get("leasehold.heartbeats")
                .tag("status", status)
                .counter()
                .count();
    }
}
