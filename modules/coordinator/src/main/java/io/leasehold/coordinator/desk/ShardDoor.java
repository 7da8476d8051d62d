package io.leasehold.coordinator.desk;

import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Report;
import io.leasehold.core.task.Submission;
import java.util.List;

/** One shard as the desk sees it. Thread-safe; every method returns at once. */
public interface ShardDoor {
    void submit(List<Submission> submissions, Answer<List<Accepted>> answer);

    void grant(PollTicket ticket);

    void report(List<LeaseReport> reports, Answer<List<Report.Answer>> answer);

    void heartbeat(List<Long> fences, Answer<List<Heartbeat>> answer);

    /** @param sure whether an id that is unknown so far is to wait until it is unknown for sure */
    void find(String id, boolean sure, Answer<TaskView> answer);

    /** @param sure as above */
    void cancel(String id, boolean sure, Answer<Cancelled> answer);

    void dead(String queue, long afterNumber, int limit, Answer<List<TaskView>> answer);

    void redrive(Redrive redrive, Answer<Integer> answer);

    void purge(Purge purge, Answer<Purged> answer);

    void queue(String name, Answer<QueueView> answer);

    void queues(String after, int limit, Answer<List<QueueView>> answer);

    /** The best ready task of a queue as last told, or null. */
    Head head(String queue);

    /** Up to where the shard's inbox is effectively passed, -1 if that is not known. */
    long inboxPassed();

    ShardView view();
}
