package io.leasehold.api;

/**
 * {@code POST /v1/coordinators/drain}; answered with the same once that is written down: the hand-over itself follows.
 *
 * @param coordinator its id
 * @param drain whether it is to have no shards from now on; null means true, false takes it back
 */
public record DrainRequest(String coordinator, Boolean drain) {}
