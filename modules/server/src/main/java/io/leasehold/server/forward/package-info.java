/**
 * The way from a coordinator that was asked to the one that owns the shard: who that is, and one hop of HTTP to it. Called by
 * the edge on its event loops; one {@link io.leasehold.server.forward.Forwarder} for each loop.
 */
package io.leasehold.server.forward;
