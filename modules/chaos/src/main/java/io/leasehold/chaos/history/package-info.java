/**
 * What clients were told and what was done to the processes, as lines of JSON. Every process appends to a file of its own,
 * one system call a line: what is written survives the death of its writer. Times in {@code ...Ns} are
 * {@link System#nanoTime()}, which on Linux all processes of one machine share.
 */
package io.leasehold.chaos.history;
