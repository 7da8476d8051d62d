/**
 * Queues that can be put under load, Leasehold among others, and what is the same for all of them: the work, and the clock
 * that watches over it. Producers and workers have threads of their own; {@link io.leasehold.cli.bench.system.Watch} hears
 * from all of them.
 */
package io.leasehold.cli.bench.system;
