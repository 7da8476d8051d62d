/**
 * One shard: its loop, its mailbox, its turns. A shard's thread runs all of it; other threads only put into the mailbox.
 * The loop owns no thread and no clock: whoever drives it calls {@code turn()}.
 */
package io.leasehold.coordinator.shard;
