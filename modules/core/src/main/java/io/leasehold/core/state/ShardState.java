package io.leasehold.core.state;

import io.leasehold.core.event.Claim;
import io.leasehold.core.table.LongLongTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is true of one shard after some prefix of its journal: a pure function of those records. Anyone on the shard's
 * thread may read it; only {@link Fold}, in this package, writes. No clock, chance or configuration enters here.
 */
public final class ShardState {
    long epoch;
    long nonce;
    long seq;
    long nowMs;
    Claim claim;
    /** In force; 0 before the first claim. */
    int foldVersion;
    /** W, in force; 0 while it is not known. */
    long proofMs;

    boolean released;

    long inboxOffset;
    /** -1 while it is not known. */
    int inboxLeaderEpoch = -1;

    long lastNumber;
    /** Not below any number there is; above the last one only in a journal that no owner wrote. */
    long highestNumber;

    long lastFence;
    long lastEnd;
    long publishedEnd;
    long bytes;
    long carryBytes;
    long endBytes;
    long unpublishedBytes;
    long taskDigests;

    /** Counts the bases; 0 before the first. */
    long generation;
    /** The newest generation that is complete. */
    long trimmed;
    /** Read from a base, but not yet up to its trim: there may be tasks that are still to be carried. */
    boolean partial;

    TaskEntry oldest;
    TaskEntry newest;

    final IdTable byId;
    /** All that are not packed among the remembered ends. */
    final NumberTable byNumber = new NumberTable();
    /** The numbers of tasks by the latest lease's fence, and by the fence reported last. */
    final LongLongTable byFence = new LongLongTable();

    final Map<String, TaskQueue> queues = new LinkedHashMap<>();
    /** The same, by the order of their names. */
    final TreeMap<String, TaskQueue> queuesByName = new TreeMap<>();
    /** How many of them have live tasks or dead letters. */
    int heldQueues;

    final RememberedEnds ends = new RememberedEnds(queues);
    final TaskHeap delayed = new TaskHeap(TaskHeap.Order.START);
    final TaskHeap deadlines = new TaskHeap(TaskHeap.Order.DEADLINE);
    final Map<PollKey, List<TaskEntry>> byPoll = new HashMap<>();
    final ArrayDeque<TaskEntry> unpublished = new ArrayDeque<>();
    final TreeMap<Long, TaskEntry> dead = new TreeMap<>();
    final LeasedTasks leases = new LeasedTasks();
    long live;

    public ShardState() {
        this(0);
    }

    /** @param secret what no producer knows; it changes nothing that is seen */
    public ShardState(long secret) {
        byId = new IdTable(secret, new IdTable.Tasks() {
            @Override
            public long lastNumber() {
                return Math.max(lastNumber, highestNumber);
            }

            @Override
            public boolean isCalled(long number, byte[] bytes, int from, int to) {
                TaskEntry entry = byNumber.get(number);
                return entry == null ? ends.isCalled(number, bytes, from, to) : entry.isCalled(bytes, from, to);
            }
        });
    }

    /** Of the newest effective claim; 0 if the shard was never claimed. */
    public long epoch() {
        return epoch;
    }

    public long nonce() {
        return nonce;
    }

    /** Of the newest effective record of that claim. */
    public long seq() {
        return seq;
    }

    /** Shard time: epoch milliseconds; it goes back only where the journal says so. */
    public long nowMs() {
        return nowMs;
    }

    /** The newest effective claim, or null if there was none; it says the terms in force. */
    public Claim claim() {
        return claim;
    }

    /** Which rules the shard is folded by: the newest that its journal ever said; 0 if the shard was never claimed. */
    public int foldVersion() {
        return foldVersion;
    }

    /**
     * W, in milliseconds: for how long after its last effective record was sent the owner, or one of those before it, may
     * have told workers that their leases hold; 0 if that is not known, which it is not below {@link Claim#WITH_TERMS}.
     */
    public long proofMs() {
        return proofMs;
    }

    /** Whether that coordinator has given the shard up in good order. */
    public boolean isReleased() {
        return released;
    }

    /** Everything in the inbox below this offset is settled. */
    public long inboxOffset() {
        return inboxOffset;
    }

    /**
     * Kafka's leader epoch under which the last record below {@link #inboxOffset} was written; -1 if that is not known. Should
     * that epoch have ended before the position by now, what lies there has come into the place of what was lost.
     */
    public int inboxLeaderEpoch() {
        return inboxLeaderEpoch;
    }

    public long lastNumber() {
        return lastNumber;
    }

    public long lastFence() {
        return lastFence;
    }

    /** How many tasks have ended so far. */
    public long lastEnd() {
        return lastEnd;
    }

    public long publishedEnd() {
        return publishedEnd;
    }

    /** About how much memory the tasks and their queues take. */
    public long bytes() {
        return bytes;
    }

    /** About how many bytes of the journal it takes to carry all that may still run: live tasks and dead letters. */
    public long carryBytes() {
        return carryBytes;
    }

    /** About how many bytes of the journal it takes to carry the other ends that are remembered. */
    public long endBytes() {
        return endBytes;
    }

    /** Remembered tasks that have ended for good, be it public or not yet: dead letters are not among them. */
    public long ends() {
        return byId.size() - live - dead.size();
    }

    /** The same of the ends that are not public yet, whatever has become of their tasks since. */
    public long unpublishedBytes() {
        return unpublishedBytes;
    }

    /** Counts the bases from 1; 0 before the first. */
    public long generation() {
        return generation;
    }

    /** The newest generation that is complete: a replay may start at its base. 0 before the first. */
    public long trimmed() {
        return trimmed;
    }

    /** Whether tasks may be missing: it was read from a base on, but not yet up to the trim that completes it. */
    public boolean isPartial() {
        return partial;
    }

    /** Of the tasks that are not remembered ends, the one that joined its generation first, or null. */
    public TaskEntry oldest() {
        return oldest;
    }

    /**
     * The remembered ends of earlier generations than the present one, one a call, then null; each is a copy. To be begun
     * when {@link #oldest} is of the present generation: then none is added to them any more.
     */
    public Supplier<TaskEntry> earlierEnds() {
        return ends.new Walk(generation)::next;
    }

    /** Tasks that have not ended. */
    public long live() {
        return live;
    }

    /** Tasks remembered, ended ones included. */
    public int remembered() {
        return byId.size();
    }

    public long leased() {
        return leases.size();
    }

    /** Whether a task with this id is remembered. */
    public boolean has(String id) {
        return byId.get(id) > 0;
    }

    /** The task with this id, or null; a copy, if it is a remembered end. */
    public TaskEntry byId(String id) {
        return byNumber(byId.get(id));
    }

    /** The task with this number, or null; a copy, if it is a remembered end. */
    public TaskEntry byNumber(long number) {
        TaskEntry entry = byNumber.get(number);
        return entry == null ? ends.get(number) : entry;
    }

    /** The task whose latest lease, or last reported lease, has this fence, or null; a copy, if it is a remembered end. */
    public TaskEntry byFence(long fence) {
        return byNumber(byFence.get(fence));
    }

    /** The tasks that this poll was given and still holds, in the order given. */
    public List<TaskEntry> byPoll(String worker, String pollId) {
        List<TaskEntry> entries = byPoll.get(new PollKey(worker, pollId));
        return entries == null ? List.of() : Collections.unmodifiableList(entries);
    }

    /** Null if no task of that name is remembered. */
    public TaskQueue queue(String name) {
        return queues.get(name);
    }

    /** Those whose names come after this one, in the order of their names: that of {@link String#compareTo}. */
    public Collection<TaskQueue> queuesAfter(String name) {
        return Collections.unmodifiableCollection(
                queuesByName.tailMap(name, false).values());
    }

    /** How many queues have live tasks or dead letters; of others only ends are remembered. */
    public int heldQueues() {
        return heldQueues;
    }

    public Collection<TaskQueue> queues() {
        return Collections.unmodifiableCollection(queues.values());
    }

    public List<TaskEntry> tasks() {
        List<TaskEntry> tasks = new ArrayList<>(byId.size());
        forEach(tasks::add);
        return tasks;
    }

    void forEach(Consumer<TaskEntry> each) {
        byNumber.forEach(each);
        ends.forEach(each);
    }

    /** Ends that are not public yet, oldest first. */
    public Collection<TaskEntry> unpublished() {
        return Collections.unmodifiableCollection(unpublished);
    }

    /** Dead letters admitted after the given number, in the order of admission. */
    public Collection<TaskEntry> deadAfter(long number) {
        return Collections.unmodifiableCollection(dead.tailMap(number, false).values());
    }

    /** When the next delayed task becomes ready; Long.MAX_VALUE if none is delayed. */
    public long nextStartMs() {
        TaskEntry head = delayed.head();
        return head == null ? Long.MAX_VALUE : head.notBeforeMs;
    }

    /** The waiting task whose deadline comes first, or null. */
    public TaskEntry nextDeadline() {
        return deadlines.head();
    }

    /** The tasks that are leased, in no order. */
    public List<TaskEntry> leases() {
        return leases.list();
    }
}
