package io.leasehold.core.event;

/**
 * Everything that matters has been carried since a base: a replay may start there from now on.
 *
 * @param generation of that base
 * @param baseOffset where that base lies in the journal
 * @param forgetEndedBefore ends that were not carried are forgotten: those before this time (epoch milliseconds) ...
 * @param forgetEndsUpTo ... and those up to this number
 */
public record Trim(long generation, long baseOffset, long forgetEndedBefore, long forgetEndsUpTo) {}
