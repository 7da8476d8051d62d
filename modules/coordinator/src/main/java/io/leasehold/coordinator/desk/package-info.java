/**
 * What the edge may ask of the shards that this process owns, and what they answer. Requests may come from any thread and
 * return at once; answers come on a shard's thread.
 */
package io.leasehold.coordinator.desk;
