/** What a lease is outside the journal: its token, and the clock that only its shard's owner keeps. */
package io.leasehold.coordinator.lease;
