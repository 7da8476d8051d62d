/**
 * {@code leasehold demo}: a real cluster of processes hashes real files, loses a coordinator and a worker half-way, and every
 * result is checked. The command runs on the main thread; {@link io.leasehold.cli.demo.EndsReader} and
 * {@link io.leasehold.cli.demo.WorkerFleet} have a thread each.
 */
package io.leasehold.cli.demo;
