package io.leasehold.embedded;

import java.nio.file.Path;

/** A parent for {@link ForkedBrokerIT} to kill: starts a broker and a ZooKeeper, says their pids, and waits for ever. */
public final class ForkingParent {
    private ForkingParent() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        ForkedZooKeeper zooKeeper = new ForkedZooKeeper(ZooKeeperOptions.in(directory.resolve("zookeeper")));
        zooKeeper.start();
        ForkedBroker broker = new ForkedBroker(
                BrokerOptions.in(directory.resolve("broker")).withJvmOptions(BrokerOptions.QUICK_START));
        broker.start();
        System.out.println(zooKeeper.pid() + " " + broker.pid());
        Thread.currentThread().join();
    }
}
