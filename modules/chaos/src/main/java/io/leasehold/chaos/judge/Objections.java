package io.leasehold.chaos.judge;

/** Where checks tell what is wrong. */
interface Objections {
    void add(String what);
}
