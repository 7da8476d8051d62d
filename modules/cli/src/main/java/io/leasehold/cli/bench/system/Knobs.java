package io.leasehold.cli.bench.system;

/**
 * How hard clients push where the style leaves a choice.
 *
 * @param batch tasks a request, and at most so many at once a worker
 * @param window requests under way a producer
 */
public record Knobs(int batch, int window) {}
