package io.leasehold.server.rehearsal;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import io.leasehold.coordinator.port.Inbox;
import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.ShardLogs;
import java.util.List;

/** Logs of one shard that acknowledge everything and remember nothing: the shard is never read again. */
final class RehearsalLogs implements ShardLogs {
    private final Clock clock;

    RehearsalLogs(Clock clock) {
        this.clock = clock;
    }

    @Override
    public LogIdentity identity() {
        return new LogIdentity("rehearsal", "rehearsal", "rehearsal", 1);
    }

    @Override
    public Journal openJournal(int shard, Journal.Listener listener) {
        return new Journal() {
            private long next;

            @Override
            public void askBounds() {
                listener.onBounds(0, next);
            }

            @Override
            public void follow(long offset) {
                listener.onRecords(offset, List.of(), next);
            }

            @Override
            public void append(byte[] value) {
                listener.onAppended(next++, clock.wallMs());
            }

            @Override
            public void taken() {}

            @Override
            public void stopFollowing() {}

            @Override
            public void deleteBefore(long offset, long historyMs, long historyBytes) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public Inbox openInbox(int shard, Inbox.Listener listener) {
        return new Inbox() {
            @Override
            public String topicId() {
                return identity().inboxTopicId();
            }

            @Override
            public void askEnd(long ticket) {
                listener.onInboxEnd(ticket, 0);
            }

            @Override
            public void start(long position) {}

            @Override
            public void request() {}

            @Override
            public void deleteBefore(long offset) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public Ends openEnds(int shard, Ends.Listener listener) {
        return new Ends() {
            @Override
            public void publish(List<EndedTask> ends) {
                if (!ends.isEmpty()) {
                    listener.onEndsPublished(ends.get(ends.size() - 1).number());
                }
            }

            @Override
            public void close() {}
        };
    }
}
