package io.leasehold.chaos.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One line of a history. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "e")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Submitting.class, name = "submitting"),
    @JsonSubTypes.Type(value = Event.Acknowledged.class, name = "acknowledged"),
    @JsonSubTypes.Type(value = Event.Granted.class, name = "granted"),
    @JsonSubTypes.Type(value = Event.Beat.class, name = "beat"),
    @JsonSubTypes.Type(value = Event.Reporting.class, name = "reporting"),
    @JsonSubTypes.Type(value = Event.Reported.class, name = "reported"),
    @JsonSubTypes.Type(value = Event.Cancelling.class, name = "cancelling"),
    @JsonSubTypes.Type(value = Event.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = Event.Redriving.class, name = "redriving"),
    @JsonSubTypes.Type(value = Event.Silenced.class, name = "silenced"),
    @JsonSubTypes.Type(value = Event.FaultBegan.class, name = "fault-began"),
    @JsonSubTypes.Type(value = Event.FaultEnded.class, name = "fault-ended"),
    @JsonSubTypes.Type(value = Event.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Event.Stands.class, name = "stands")
})
public sealed interface Event {
    /**
     * A task is about to be submitted.
     *
     * @param door {@code http} or {@code kafka}
     * @param notBeforeMs epoch ms before which it must not start, counted from the time it was sent; or null
     * @param deadlineMs epoch ms after which it must not start; or null
     * @param backoffMs the first retry's longest wait
     */
    record Submitting(
            String id,
            String door,
            long sentNs,
            long sentMs,
            Long notBeforeMs,
            Long deadlineMs,
            int maxAttempts,
            long backoffMs)
            implements Event {}

    /** The task was acknowledged. */
    record Acknowledged(String id, String door, boolean duplicate, long sentNs, long gotNs) implements Event {}

    /**
     * A worker was told that it holds a lease.
     *
     * @param firstSentNs when a poll of that id was sent for the first time
     */
    record Granted(
            String worker,
            String id,
            String lease,
            long fence,
            int attempt,
            long leaseMs,
            long decidedAfterMs,
            long firstSentNs,
            long gotNs,
            long gotMs)
            implements Event {}

    /**
     * A worker was answered about one lease of a heartbeat.
     *
     * @param status {@code unanswered} if nobody did
     */
    record Beat(String lease, String status, long leaseMs, long sentNs, long gotNs) implements Event {}

    /** A worker is about to report, for the first time or again. */
    record Reporting(String lease, String outcome, boolean retryable, Long retryAfterMs, String result, long sentNs)
            implements Event {}

    /** A worker was answered about its report. */
    record Reported(String lease, String status, long gotNs) implements Event {}

    record Cancelling(String id, long sentNs) implements Event {}

    /** @param state the task's state as answered, or the problem's code */
    record Cancelled(String id, String state, long gotNs) implements Event {}

    record Redriving(String id, long sentNs) implements Event {}

    /** Workers fell silent for good, or for a while. */
    record Silenced(List<String> workers, long fromNs) implements Event {}

    /** @param shards those that the fault was meant for */
    record FaultBegan(int number, String kind, String target, List<Integer> shards, long atNs) implements Event {}

    /** @param note what was seen, or why it was skipped; or null */
    record FaultEnded(int number, long atNs, String note) implements Event {}

    /** A record of the topic of ends. */
    record Ended(
            String id, int shard, long number, String state, String cause, int failures, int expiries, String result)
            implements Event {}

    /** How a task stands at the end, as answered over HTTP; state {@code unknown} if there is none. */
    record Stands(String id, String state, String cause, int attempt, int failures, int expiries, String result)
            implements Event {}
}
