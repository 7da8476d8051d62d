/**
 * An independent reader of the journal: proves or refutes the guarantees from the records alone. It shares the record format
 * with the core and nothing else; what it knows of a task it found out itself. Not thread-safe: one reader a shard.
 */
package io.leasehold.verify;
