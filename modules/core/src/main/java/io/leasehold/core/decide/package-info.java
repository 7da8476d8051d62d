/** The rules: what a wish makes true. Reads the state, speaks facts, never writes; runs on the shard's thread. */
package io.leasehold.core.decide;
