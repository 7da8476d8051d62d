package io.leasehold.api;

/** {@code DELETE /v1/tasks/{id}}: the task's state afterwards, {@code cancelled}. */
public record CancelAnswer(String id, String state) {}
