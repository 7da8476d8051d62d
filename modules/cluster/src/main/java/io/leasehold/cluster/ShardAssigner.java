package io.leasehold.cluster;

import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns shards and standbys to coordinators while this coordinator is the elected one. The election is this process's own opinion and
 * may be out of date, so each write is also a compare-and-set on the assignment that it was computed from.
 */
final class ShardAssigner implements LeaderLatchListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardAssigner.class);
    /** Coordinators seldom come and go alone: a restart of several should be one assignment. */
    private static final int GATHER_MS = 200;

    private static final int RETRY_MS = 1_000;

    private final CuratorFramework client;
    private final ClusterPaths paths;
    private final String id;
    private final ScheduledExecutorService writeThread;
    private final LeaderLatch latch;
    private final AtomicBoolean latchStarted = new AtomicBoolean();
    private final AtomicBoolean queued = new AtomicBoolean();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile long waitUntilNanos = System.nanoTime();
    private volatile long session;
    private volatile ClusterPicture picture = ClusterPicture.EMPTY;

    ShardAssigner(CuratorFramework client, ClusterPaths paths, String id, ScheduledExecutorService writeThread) {
        this.client = client;
        this.paths = paths;
        this.id = id;
        this.writeThread = writeThread;
        latch = new LeaderLatch(client, paths.assigner(), id);
        latch.addListener(this);
    }

    /** Any thread. Joins the election with the first connection. */
    void connection(boolean isConnected) {
        if (isConnected) {
            lookAtSession();
        }
        if (isConnected && latchStarted.compareAndSet(false, true)) {
            try {
                latch.start();
            } catch (Exception e) {
                throw new IllegalStateException("assigner's election at " + paths.assigner() + ": cannot start", e);
            }
        }
    }

    /**
     * Whose session is lost through no fault of its own is seldom alone: a ZooKeeper that stood still has lost those of all.
     * Whoever is back first waits for the others for as long as a session lasts.
     */
    private void lookAtSession() {
        try {
            ZooKeeper now = client.getZookeeperClient().getZooKeeper();
            if (session != 0 && session != now.getSessionId()) {
                waitUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(now.getSessionTimeout());
            }
            session = now.getSessionId();
        } catch (Exception e) {
            LOG.warn("The session could not be read", e);
        }
    }

    /** Watch thread. */
    void seen(ClusterPicture now) {
        ClusterPicture before = picture;
        picture = now;
        boolean same = now.map().connected() == before.map().connected()
                && now.map().members().equals(before.map().members())
                && now.map().counts().equals(before.map().counts())
                && now.map().directives().equals(before.map().directives())
                && now.assignmentVersion() == before.assignmentVersion();
        if (!same) {
            assignIn(GATHER_MS);
        }
    }

    @Override
    public void isLeader() {
        LOG.info("Coordinator {} assigns the shards from now on", id);
        assignIn(GATHER_MS);
    }

    @Override
    public void notLeader() {
        LOG.info("Coordinator {} no longer assigns the shards", id);
    }

    @Override
    public void close() {
        if (latchStarted.get()) {
            try {
                latch.close();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("The assigner's election did not close; the session's end does it", e);
            }
        }
    }

    private void assignIn(int delayMs) {
        if (latch.hasLeadership() && queued.compareAndSet(false, true)) {
            writeThread.schedule(this::assign, delayMs, TimeUnit.MILLISECONDS);
        }
    }

    private void assign() {
        queued.set(false);
        ClusterPicture seen = picture;
        List<String> members = mayHoldShards(seen.map());
        // With nobody to take the shards the last assignment stands: whoever comes back first need not start from
        // nothing.
        if (!latch.hasLeadership() || !seen.map().connected() || members.isEmpty()) {
            return;
        }
        if (isToWait(seen)) {
            return;
        }
        try {
            spread(seen, members);
        } catch (KeeperException.BadVersionException | KeeperException.NodeExistsException e) {
            LOG.debug("The assignment changed meanwhile; the next picture brings it", e);
        } catch (Exception e) {
            LOG.warn("The assignment could not be written, trying again ({})", e.toString());
            assignIn(RETRY_MS);
        }
    }

    /** Whether somebody who has shards is missing who may be back in a moment; if so, it is looked at again then. */
    private boolean isToWait(ClusterPicture seen) {
        long leftNanos = waitUntilNanos - System.nanoTime();
        boolean allThere = seen.assignment().shards().values().stream()
                .allMatch(owner -> seen.map().member(owner) != null);
        if (leftNanos <= 0 || allThere) {
            return false;
        }
        if (waiting.compareAndSet(false, true)) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1;
            LOG.info("Waits up to {} ms for the other coordinators before their shards are assigned anew", leftMs);
            writeThread.schedule(
                    () -> {
                        waiting.set(false);
                        assignIn(0);
                    },
                    leftMs,
                    TimeUnit.MILLISECONDS);
        }
        return true;
    }

    /** That a coordinator is to be drained is a wish: where nobody else is there, its shards are better off with it. */
    static List<String> mayHoldShards(ClusterMap map) {
        List<String> staying = map.members().stream()
                .filter(member -> !member.leaving())
                .map(Member::id)
                .toList();
        List<String> wanted =
                staying.stream().filter(id -> !map.directives().isDrained(id)).toList();
        return wanted.isEmpty() ? staying : wanted;
    }

    private void spread(ClusterPicture seen, List<String> members) throws Exception {
        Map<Integer, String> present = seen.assignment().shards();
        Map<Integer, String> placed = seen.map().directives().placed();
        int shards = seen.map().shards().size();
        Map<Integer, String> next = BalancedAssignment.next(present, members, shards, placed);
        Map<Integer, String> standbys = StandbyAssignment.of(next, members, shards, placed);
        if (next.equals(present) && standbys.equals(seen.assignment().standbys())) {
            return;
        }
        write(seen, new AssignmentNode(seen.assignment().version() + 1, next, standbys));
        long moves = next.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(present.get(entry.getKey())))
                .count();
        LOG.info("{} of {} shards assigned anew among {}", moves, shards, members);
    }

    private void write(ClusterPicture seen, AssignmentNode next) throws Exception {
        byte[] content = NodeJson.write(next);
        if (seen.assignmentVersion() == ClusterPicture.ABSENT) {
            client.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT)
                    .forPath(paths.assignment(), content);
        } else {
            client.setData().withVersion(seen.assignmentVersion()).forPath(paths.assignment(), content);
        }
    }
}
