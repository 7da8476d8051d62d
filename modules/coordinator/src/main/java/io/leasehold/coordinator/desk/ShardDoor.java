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

    void find(String id, Answer<TaskView> answer);

    void cancel(String id, Answer<Cancelled> answer);

    void dead(String queue, long afterNumber, int limit, Answer<List<TaskView>> answer);

    void redrive(Redrive redrive, Answer<Integer> answer);

    void queues(Answer<List<QueueView>> answer);

    /** The best ready task of a queue as last told, or null. */
    Head head(String queue);

    ShardView view();
}
