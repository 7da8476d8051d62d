package io.leasehold.chaos.judge;

/**
 * A guarantee that was broken.
 *
 * @param what the counter-example in words, with the task's id
 */
public record Violation(String guarantee, String task, String what) {}
