package io.leasehold.server;

import io.leasehold.cluster.ClusterOptions;
import io.leasehold.log.LogOptions;
import io.leasehold.server.config.CoordinatorConfig;

/**
 * What a coordinator of that configuration would speak to, for programs that look at it from outside.
 *
 * @param log the Kafka cluster and the topics
 * @param cluster ZooKeeper
 */
public record Surroundings(LogOptions log, ClusterOptions cluster) {
    /** @throws io.leasehold.server.config.InvalidConfigException if a part refuses its share */
    public static Surroundings of(CoordinatorConfig config) {
        Options options = Options.of(config);
        return new Surroundings(options.log(), options.cluster());
    }
}
