/**
 * {@code leasehold local}: a cluster of processes on this machine that goes on when the command that started it has ended.
 * All of it lies in one directory: data, logs, configurations, and the pid of each process.
 */
package io.leasehold.cli.staying;
