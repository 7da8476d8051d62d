package io.leasehold.simulator;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Inbox;
import java.util.List;

/** A coordinator's reader of one shard's inbox. */
final class InboxPort implements Inbox {
    private final World world;
    private final Coordinator owner;
    private final int shard;
    private final InboxTopic topic;
    private final Listener listener;
    private final String topicId;
    private long next = -1;
    private int asked;
    private boolean toldEnd;
    private boolean fetching;
    private boolean closed;

    InboxPort(World world, Coordinator owner, int shard, Listener listener) {
        this.world = world;
        this.owner = owner;
        this.shard = shard;
        this.topic = world.inbox(shard);
        this.topicId = topic.topicId();
        this.listener = listener;
        topic.read(this);
    }

    @Override
    public String topicId() {
        return topicId;
    }

    @Override
    public void start(long position, int leaderEpoch) {
        owner.after(world.faults.latencyUs(), "inbox start", () -> {
            if (closed) {
                return;
            }
            if (position < topic.start() || position > topic.end()) {
                listener.onInboxFailed(new IllegalStateException("inbox position " + position + " (expected: from "
                        + topic.start() + " to " + topic.end() + ")"));
                return;
            }
            if (leaderEpoch >= 0 && leaderEpoch != topic.leaderEpoch(position)) {
                throw new AssertionError("leader epoch of inbox position " + position + ": " + leaderEpoch
                        + " (expected: " + topic.leaderEpoch(position) + ")");
            }
            next = position;
            more();
        });
    }

    @Override
    public void request() {
        asked++;
        more();
    }

    void more() {
        if (next >= 0 && asked > 0 && !fetching && !closed && (topic.end() > next || !toldEnd)) {
            fetching = true;
            owner.after(world.faults.latencyUs(), "inbox fetch", this::fetch);
        }
    }

    private void fetch() {
        fetching = false;
        if (closed) {
            return;
        }
        long end = topic.end();
        long to = Math.min(end, next + 1 + world.dice.small(200));
        if (to <= next && toldEnd) {
            return;
        }
        to = Math.max(to, next);
        long first = next;
        next = to;
        toldEnd = to == end;
        asked--;
        listener.onArrivals(topic.read(first, to), to, topic.leaderEpoch(to), end, 0, 0);
        more();
    }

    @Override
    public void reject(List<Arrival> arrivals, String reason) {
        owner.after(world.faults.latencyUs(), "rejected", () -> {
            arrivals.forEach(topic::reject);
            if (!closed) {
                listener.onRejected();
            }
        });
    }

    @Override
    public void askEnd(long ticket) {
        owner.after(world.faults.latencyUs(), "inbox end", () -> {
            if (!closed) {
                listener.onInboxEnd(ticket, topic.end());
            }
        });
    }

    @Override
    public void deleteBefore(long offset) {
        world.ledger(shard).deletingInbox(offset);
        world.timeline.after(world.faults.latencyUs(), null, "delete inbox", () -> topic.deleteBefore(offset));
    }

    @Override
    public void close() {
        closed = true;
        topic.unread(this);
    }
}
