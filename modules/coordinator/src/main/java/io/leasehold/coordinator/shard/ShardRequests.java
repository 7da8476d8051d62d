package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.Head;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.Purge;
import io.leasehold.coordinator.desk.Purged;
import io.leasehold.coordinator.desk.QueueView;
import io.leasehold.coordinator.desk.Redrive;
import io.leasehold.coordinator.desk.ShardDoor;
import io.leasehold.coordinator.desk.ShardView;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Report;
import io.leasehold.core.task.Submission;
import java.util.List;
import java.util.Map;

/** Puts what the desk asks of a shard into its mailbox. Thread-safe. */
final class ShardRequests implements ShardDoor {
    private final ShardLoop loop;
    private final Mailbox mailbox;
    private final Map<String, Head> heads;

    ShardRequests(ShardLoop loop, Mailbox mailbox, Map<String, Head> heads) {
        this.loop = loop;
        this.mailbox = mailbox;
        this.heads = heads;
    }

    @Override
    public void submit(List<Submission> submissions, Answer<List<Accepted>> answer) {
        mailbox.command(new Commands.Submit(loop, submissions, answer));
    }

    @Override
    public void grant(PollTicket ticket) {
        mailbox.command(new Commands.Poll(loop, ticket));
    }

    @Override
    public void report(List<LeaseReport> reports, Answer<List<Report.Answer>> answer) {
        mailbox.command(new Commands.Reports(loop, reports, answer));
    }

    @Override
    public void heartbeat(List<Long> fences, Answer<List<Heartbeat>> answer) {
        mailbox.heartbeat(new Commands.Heartbeats(loop, fences, answer));
    }

    @Override
    public void find(String id, boolean sure, Answer<TaskView> answer) {
        mailbox.command(new IdCommands.Find(loop, id, sure, answer));
    }

    @Override
    public void cancel(String id, boolean sure, Answer<Cancelled> answer) {
        mailbox.command(new IdCommands.Cancel(loop, id, sure, answer));
    }

    @Override
    public void dead(String queue, long afterNumber, int limit, Answer<List<TaskView>> answer) {
        mailbox.command(new DeadCommands.ListDead(loop, queue, afterNumber, limit, answer));
    }

    @Override
    public void redrive(Redrive redrive, Answer<Integer> answer) {
        mailbox.command(new DeadCommands.Redriving(loop, redrive, answer));
    }

    @Override
    public void purge(Purge purge, Answer<Purged> answer) {
        mailbox.command(new DeadCommands.Purging(loop, purge, answer));
    }

    @Override
    public void queue(String name, Answer<QueueView> answer) {
        mailbox.command(new QueueCommands.Count(loop, name, answer));
    }

    @Override
    public void queues(String after, int limit, Answer<List<QueueView>> answer) {
        mailbox.command(new QueueCommands.ListQueues(loop, after, limit, answer));
    }

    @Override
    public Head head(String queue) {
        return heads.get(queue);
    }

    @Override
    public long inboxPassed() {
        return loop.inboxPassed();
    }

    @Override
    public ShardView view() {
        return loop.view();
    }
}
