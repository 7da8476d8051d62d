package io.leasehold.chaos.fault;

import io.leasehold.chaos.cluster.ZooKeepers;
import java.io.IOException;

/** Faults of ZooKeeper, one at a time. */
final class ZooKeeperFaults {
    private final ZooKeepers zooKeepers;

    ZooKeeperFaults(ZooKeepers zooKeepers) {
        this.zooKeepers = zooKeepers;
    }

    Healing strike(Fault fault) throws IOException {
        boolean wiped = fault.kind() == FaultKind.ZOOKEEPER_WIPED;
        boolean one = !wiped && zooKeepers.count() > 1 && fault.variant() % 2 == 0;
        if (one) {
            zooKeepers.server(fault.variant() % zooKeepers.count()).kill();
        } else {
            zooKeepers.killAll();
        }
        return () -> {
            if (wiped) {
                zooKeepers.wipeAll();
            }
            zooKeepers.startAll();
            return one ? "one of " + zooKeepers.count() : null;
        };
    }
}
