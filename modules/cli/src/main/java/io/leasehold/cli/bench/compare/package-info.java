/** {@code leasehold bench compare}: the same work for Leasehold and for other queues, by turns, on the main thread. */
package io.leasehold.cli.bench.compare;
