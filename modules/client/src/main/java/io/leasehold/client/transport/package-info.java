/**
 * How requests reach a coordinator: a seam, and Vert.x's HTTP client behind it.
 *
 * <p>Called by the worker's loop and by the task client, on any thread.
 */
package io.leasehold.client.transport;
