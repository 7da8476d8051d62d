package io.leasehold.api;

import java.util.List;

/** {@code POST /v1/heartbeat}. */
public record HeartbeatRequest(String worker, List<String> leases) {}
