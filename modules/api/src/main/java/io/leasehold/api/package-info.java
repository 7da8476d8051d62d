/**
 * The words spoken over HTTP and in the inbox topic: bodies as records, the strict reader of tasks, and the limits.
 *
 * <p>Called by the server, by the reader of the inbox, by the worker client and by the producer, on any thread: everything
 * here is stateless or immutable.
 */
package io.leasehold.api;
