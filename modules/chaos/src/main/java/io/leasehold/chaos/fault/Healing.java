package io.leasehold.chaos.fault;

/** Undoes a fault. */
interface Healing {
    /** @return what was seen of it that is worth a note, or null */
    String heal() throws Exception;
}
