package io.leasehold.api;

import java.util.List;

/**
 * The answer to a hint.
 *
 * @param awaited those of its queues for which polls wait here
 */
public record HintAnswer(List<String> awaited) {}
