package io.leasehold.server;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.ShardCounts;
import io.leasehold.cluster.ClusterDirectives;
import io.leasehold.cluster.ClusterException;
import io.leasehold.cluster.ClusterPin;
import io.leasehold.cluster.Pin;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.Directives;
import io.leasehold.log.KafkaShardLogs;
import io.leasehold.log.WrongTopicSettings;
import io.leasehold.server.http.OperationFailedException;
import io.leasehold.server.http.Operations;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators ask for, checked against the map and written down in ZooKeeper; the assigner and the coordinators do the
 * rest when they see it there.
 */
final class ClusterOperations implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterOperations.class);

    private final Supplier<ClusterMap> map;
    private final ClusterPin pin;
    private final ClusterDirectives directives;
    private final KafkaShardLogs logs;

    ClusterOperations(Supplier<ClusterMap> map, ClusterPin pin, ClusterDirectives directives, KafkaShardLogs logs) {
        this.map = map;
        this.pin = pin;
        this.directives = directives;
        this.logs = logs;
    }

    @Override
    public void drain(String coordinator, boolean drain) throws InvalidRequest, OperationFailedException {
        ClusterMap now = map.get();
        if (drain) {
            checkDrain(now, coordinator);
            change(asked -> asked.drain(coordinator));
        } else {
            if (now.member(coordinator) == null && !now.directives().isDrained(coordinator)) {
                throw new InvalidRequest("coordinator", coordinator, "one of " + ids(now));
            }
            change(asked -> asked.undrain(coordinator));
        }
    }

    private static void checkDrain(ClusterMap now, String coordinator) throws InvalidRequest {
        if (now.directives().isDrained(coordinator)) {
            return;
        }
        if (now.member(coordinator) == null) {
            throw new InvalidRequest("coordinator", coordinator, "one of " + ids(now));
        }
        boolean othersStay = now.members().stream()
                .anyMatch(member -> !member.id().equals(coordinator) && mayHoldShards(now, member));
        if (!othersStay) {
            throw new InvalidRequest(
                    "coordinator", coordinator, "one beside which another stays, to take its shards over");
        }
    }

    @Override
    public void place(int shard, String to) throws InvalidRequest, OperationFailedException {
        ClusterMap now = map.get();
        if (shard < 0 || shard >= now.shards().size()) {
            throw new InvalidRequest(
                    "shard", Integer.toString(shard), "0 to " + (now.shards().size() - 1));
        }
        if (to == null) {
            change(asked -> asked.unplace(Set.of(shard)));
            return;
        }
        Member member = now.member(to);
        if (member == null) {
            throw new InvalidRequest("to", to, "one of " + ids(now) + ", or none for any");
        }
        if (!mayHoldShards(now, member)) {
            throw new InvalidRequest("to", to, "a coordinator that is neither drained nor about to leave");
        }
        change(asked -> asked.place(shard, to));
    }

    /** Partitions first: from the moment that the count is pinned, coordinators read and write them. */
    @Override
    public void grow(int shards) throws InvalidRequest, OperationFailedException {
        try {
            Pin now = pin.read().orElseThrow(() -> new ClusterException("pin: missing (expected: this cluster's)"));
            if (!ShardCounts.mayGrow(now.shards(), shards)) {
                throw new InvalidRequest("shards", Integer.toString(shards), ShardCounts.expected(now.shards()));
            }
            logs.addPartitions(shards);
            Pin grown = pin.grow(shards);
            LOG.info("The cluster has {} shards; so many it had over time: {}", shards, grown.counts());
        } catch (WrongTopicSettings e) {
            throw new InvalidRequest("shards", Integer.toString(shards), e.getMessage());
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private void change(UnaryOperator<Directives> change) throws OperationFailedException {
        try {
            LOG.info("Operators ask for {}", directives.change(change));
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static OperationFailedException failed(RuntimeException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return new OperationFailedException(message + "; it is safe to ask again", e);
    }

    private static boolean mayHoldShards(ClusterMap now, Member member) {
        return !member.leaving() && !now.directives().isDrained(member.id());
    }

    private static List<String> ids(ClusterMap now) {
        return now.members().stream().map(Member::id).toList();
    }
}
