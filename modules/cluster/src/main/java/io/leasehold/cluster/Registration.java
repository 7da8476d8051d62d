package io.leasehold.cluster;

import io.leasehold.coordinator.port.ClusterMap.Member;
import java.util.Arrays;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * This coordinator's ephemeral node. Whatever of ours an earlier session left behind is replaced; what belongs to another
 * process is not, except by a newcomer with the same id <em>and</em> address: two processes cannot listen at one address,
 * so the older one is dead and only its session is not. The one replaced, should it live after all, does not fight back.
 *
 * <p>Called by the write thread alone.
 */
final class Registration {
    private final ZooKeeperConnection connection;
    private final CuratorFramework client;
    private final ClusterPaths paths;
    private boolean wasRegistered;

    Registration(ZooKeeperConnection connection, ClusterPaths paths) {
        this.connection = connection;
        this.client = connection.client();
        this.paths = paths;
    }

    /** @return empty if the node is there with this content and ours, else why not, for the operator */
    Optional<String> register(Member self) throws Exception {
        String path = paths.coordinator(self.id());
        byte[] content = NodeJson.write(self);
        try {
            client.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.EPHEMERAL)
                    .forPath(path, content);
            return registered();
        } catch (KeeperException.NodeExistsException e) {
            return renew(path, self, content);
        }
    }

    private Optional<String> renew(String path, Member self, byte[] content) throws Exception {
        Stat stat = new Stat();
        byte[] there = client.getData().storingStatIn(stat).forPath(path);
        if (stat.getEphemeralOwner() == connection.sessionId()) {
            if (!Arrays.equals(there, content)) {
                client.setData().forPath(path, content);
            }
            return registered();
        }
        Member other = holder(path, there);
        if (other == null || !replaceable(other, self)) {
            return Optional.of(taken(path, self, other));
        }
        client.transaction()
                .forOperations(
                        client.transactionOp()
                                .delete()
                                .withVersion(stat.getVersion())
                                .forPath(path),
                        client.transactionOp()
                                .create()
                                .withMode(CreateMode.EPHEMERAL)
                                .forPath(path, content));
        return registered();
    }

    private boolean replaceable(Member other, Member self) {
        return !ClusterPicture.isImpostor(other, self)
                || (!wasRegistered && self.url().equals(other.url()));
    }

    private Optional<String> registered() {
        wasRegistered = true;
        return Optional.empty();
    }

    private static Member holder(String path, byte[] content) {
        try {
            return NodeJson.read(path, content, Member.class, NodeRules::member);
        } catch (ClusterException e) {
            return null;
        }
    }

    private static String taken(String path, Member self, Member other) {
        String by = other == null
                ? "an unreadable node stands at " + path
                : "registered by " + other.url() + ", started at " + other.startedMs();
        return "coordinator.id: " + self.id() + " (expected: an id that no other live coordinator has; " + by + ")";
    }
}
