/**
 * Consistent hashing: which coordinator a worker asks first, and which coordinator owns which shard.
 *
 * <p>Called by the worker client and by the cluster's assigner, on any thread: a ring is immutable. The JDK alone is used,
 * and the hash is SHA-256, so that a worker in any language can find its home too.
 */
package io.leasehold.api.ring;
