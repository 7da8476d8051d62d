/**
 * What a user's application takes: a worker that runs handlers, and a client that submits, reads and cancels tasks.
 *
 * <p>A worker has one thread of the transport, one for each task that runs, and one for time ({@code leasehold-worker}); on
 * whichever of them something happens it is decided what to do, one thing at a time. No type of Jackson or Vert.x is part of a public signature.
 */
package io.leasehold.client;
