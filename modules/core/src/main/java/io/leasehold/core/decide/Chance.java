package io.leasehold.core.decide;

/** Where the decider's chance comes from, so that a seed can stand in for it. */
@FunctionalInterface
public interface Chance {
    /** A number from 0 to bound, the bound included, each as likely as the others. */
    long upTo(long bound);
}
