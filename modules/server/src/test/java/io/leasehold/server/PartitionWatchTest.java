package io.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.log.TopicHealth;
import io.leasehold.log.TopicHealth.InboxEnd;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionWatchTest {
    private final ManualClock clock = new ManualClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TopicHealth health = new TopicHealth(0, List.of(), 0);
    private boolean reachable = true;
    private final PartitionWatch watch = new PartitionWatch(this::ask, clock, registry);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void anInboxIsStalledFromWhenItsStableEndWasFirstSeenHeldBackThere() {
        look(new InboxEnd(5, 5), new InboxEnd(7, 9));
        assertThat(stalledSeconds()).isZero();
        look(new InboxEnd(5, 5), new InboxEnd(7, 30));
        assertThat(stalledSeconds()).isEqualTo(10);
        look(new InboxEnd(5, 6), new InboxEnd(7, 30));
        assertThat(stalledSeconds()).isEqualTo(20);
    }

    @Test
    void aStableEndThatMovesIsNotStalledHoweverMuchLiesBehindIt() {
        look(new InboxEnd(7, 9));
        look(new InboxEnd(8, 50));
        look(new InboxEnd(9, 90));

        assertThat(stalledSeconds()).isZero();
    }

    @Test
    void anInboxThatIsReleasedCountsAnew() {
        look(new InboxEnd(7, 9));
        look(new InboxEnd(7, 9));
        look(new InboxEnd(9, 9));
        assertThat(stalledSeconds()).isZero();
        look(new InboxEnd(9, 10));
        look(new InboxEnd(9, 10));

        assertThat(stalledSeconds()).isEqualTo(10);
    }

    @Test
    void inboxesThatAreAddedAreWatchedAsWell() {
        look(new InboxEnd(1, 1));
        look(new InboxEnd(1, 1), new InboxEnd(0, 3));
        look(new InboxEnd(1, 1), new InboxEnd(0, 3));

        assertThat(stalledSeconds()).isEqualTo(10);
    }

    @Test
    void rejectedSubmissionsThatAreGoneAreShown() {
        health = new TopicHealth(0, List.of(), 17);
        watch.look();

        assertThat(registry.get("leasehold.rejected.dropped").gauge().value()).isEqualTo(17);
    }

    @Test
    void figuresStandWhileKafkaDoesNotAnswer() {
        health = new TopicHealth(3, List.of(), 0);
        watch.look();
        reachable = false;
        watch.look();

        assertThat(registry.get("leasehold.topic.partitions.lacking.replicas")
                        .gauge()
                        .value())
                .isEqualTo(3);
    }

    private void look(InboxEnd... inboxes) {
        health = new TopicHealth(0, List.of(inboxes), 0);
        watch.look();
        clock.pass(10_000);
    }

    private double stalledSeconds() {
        return registry.get("leasehold.inbox.stalled.seconds").gauge().value();
    }

    private TopicHealth ask() {
        if (!reachable) {
            throw new IllegalStateException("no answer");
        }
        return health;
    }
}
