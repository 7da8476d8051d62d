/**
 * A real Kafka broker and a real ZooKeeper for one machine: the standalone program, the demo and the tests run on them.
 *
 * <p>What runs as a child process ({@link io.leasehold.embedded.ChildJvm}) ends with its parent, however the parent ends.
 * Nothing here is thread-safe unless it says so; whoever starts a thing stops it, from one thread. Everything listens on
 * the loopback address alone.
 */
package io.leasehold.embedded;
