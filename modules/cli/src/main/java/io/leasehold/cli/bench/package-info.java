/**
 * {@code leasehold bench}: measures a real cluster of processes on this machine. The command runs on the main thread; each
 * {@link io.leasehold.cli.bench.Probe} has one of its own.
 */
package io.leasehold.cli.bench;
