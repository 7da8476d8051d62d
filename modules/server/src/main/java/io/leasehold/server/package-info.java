/**
 * One coordinator process, put together: {@link io.leasehold.server.CoordinatorProcess} opens ZooKeeper, Kafka, the shards and
 * the edge in this order and closes them in the other. The only package that knows all the others; called by the command line
 * and by tests, from one thread.
 */
package io.leasehold.server;
