/**
 * Servers on this machine: a coordinator in this process, a whole Leasehold in one process with its data on disk, and a
 * cluster of processes for the demo and for tests. Commands run on the main thread.
 */
package io.leasehold.cli.local;
