/**
 * The one door to ZooKeeper: who is alive, which coordinator is to own which shard, who said last that it owns it, and
 * which topics the cluster was made with.
 *
 * <p>Nothing here is a proof of ownership; the journal alone decides that. The server opens a {@link
 * io.leasehold.cluster.CuratorMembership}, the coordinators speak to it through the port {@code Membership}.
 *
 * <p>Threads: calls into the port return at once. One thread ({@code leasehold-cluster-watch}) reads the tree, builds the map
 * and tells the listener; a second ({@code leasehold-cluster-write}) makes all writes, the elected assigner's among them;
 * a third logs while ZooKeeper is away. Curator's own threads only post to these.
 */
package io.leasehold.cluster;
