package io.leasehold.chaos.fault;

/** Topics as outsiders know them. */
final class Journal {
    static final String TOPIC = "leasehold.journal";

    private Journal() {}
}
