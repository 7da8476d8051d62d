/**
 * What is true of a shard now, and the fold that makes it so. Everything here belongs to one thread: that of the shard's
 * loop. Writers are private to the package, so nobody else can change a state.
 */
package io.leasehold.core.state;
