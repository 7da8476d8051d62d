/**
 * Submits tasks through Kafka: a thin, safe setting of Kafka's own producer. Called by a user's application, on any
 * thread; futures complete on the producer's I/O thread, which must not be blocked.
 */
package io.leasehold.producer;
