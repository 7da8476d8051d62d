/**
 * Takes the first steps of a process before anybody waits for them: a whole life of tasks, in memory. Runs on a thread of its
 * own while the process starts, and leaves nothing behind.
 */
package io.leasehold.server.rehearsal;
