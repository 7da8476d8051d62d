/**
 * The load that {@code leasehold bench} puts on a cluster, and what it costs. Commands run on the main thread; producers have
 * threads of their own for as long as they hand tasks in.
 */
package io.leasehold.cli.bench.load;
