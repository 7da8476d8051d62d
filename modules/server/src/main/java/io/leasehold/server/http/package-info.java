/**
 * The HTTP edge: routes, bodies in and out, and the one table of errors. It maps between the words of {@code api} and those of
 * the shards, and knows no rule of scheduling.
 *
 * <p>Everything here runs on Vert.x event loops, one {@link io.leasehold.server.http.EdgeVerticle} for each; nothing blocks.
 * Answers that come on a shard's thread hop back to the request's loop before anything else happens.
 */
package io.leasehold.server.http;
