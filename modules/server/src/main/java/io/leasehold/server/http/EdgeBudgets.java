package io.leasehold.server.http;

/**
 * What clients may make this coordinator hold.
 *
 * @param bodyBytes of all bodies, from their arrival to their answers
 */
public record EdgeBudgets(long bodyBytes) {}
