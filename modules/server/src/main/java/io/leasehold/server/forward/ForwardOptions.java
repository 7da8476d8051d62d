package io.leasehold.server.forward;

/**
 * @param timeoutMs how long an answer may take
 * @param maxStreams requests under way to one coordinator at one time, from one event loop
 */
public record ForwardOptions(int timeoutMs, int maxStreams) {}
