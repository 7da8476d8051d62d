package io.leasehold.server.http;

/**
 * What clients may make this coordinator hold.
 *
 * @param bodyBytes of all bodies, from their arrival to their answers
 * @param unsentBytes of all answers that clients have not taken yet
 * @param unsentConnectionBytes of those, on one connection
 * @param stallMs how long a client may take nothing of an answer
 * @param peerStreams requests at once on one HTTP/2 connection of another coordinator
 * @param addressConnections that one address may have; loopback and other coordinators aside
 * @param addressPolls that may wait for one address, with the same exceptions
 */
public record EdgeBudgets(
        long bodyBytes,
        long unsentBytes,
        long unsentConnectionBytes,
        int stallMs,
        int peerStreams,
        int addressConnections,
        int addressPolls) {}
