/**
 * The journal's grammar and its bytes: what can become true of a shard, and how it is written down. Used by the shard's
 * thread only.
 */
package io.leasehold.core.event;
