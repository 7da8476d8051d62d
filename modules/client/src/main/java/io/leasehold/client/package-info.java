/**
 * What a user's application takes: a worker that runs handlers, and a client that submits, reads and cancels tasks.
 *
 * <p>A worker has one thread that decides ({@code leasehold-worker}), one of the transport, and one for each task that
 * runs. No type of Jackson or Vert.x is part of a public signature.
 */
package io.leasehold.client;
