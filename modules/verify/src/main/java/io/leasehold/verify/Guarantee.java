package io.leasehold.verify;

import java.util.Locale;

/** What a journal must bear out. */
public enum Guarantee {
    READABLE("every record can be read, from a place where a replay may start"),
    MARKS("an operator's mark voids garbage that lies before it, and nothing else"),
    SEQUENCE("nothing is missing: offsets are dense, and so are the records of each claim"),
    CLAIMS("claims rise one by one, all of the same log"),
    TIME("shard time goes back only where a fact takes it back"),
    NUMBERS("tasks are numbered without a gap, and facts name only tasks that are remembered"),
    ADMITTED_ONCE("an id that is remembered is not admitted again"),
    LEASES("no two leases of a task overlap"),
    FENCES("fences rise, over all tasks of the shard"),
    REPORTS("only the latest lease reports, and once"),
    STARTS("nothing is leased before its time"),
    DEADLINES("no deadline passes silently"),
    ATTEMPTS("attempts are capped"),
    CAUSES("every end has an allowed cause"),
    ENDS("what has ended is not leased and does not end again"),
    REDRIVES("only dead letters get a new life"),
    PURGES("only dead letters are purged, and under a fold version that knows it"),
    PUBLISHED("only what has ended is said to be public, in order"),
    INBOX_POSITION("inbox positions only rise"),
    BASES("a base says of the shard what its journal says"),
    CARRIED("what is carried is what it was"),
    TRIMS("a trim forgets nothing that lives or is still needed"),
    BASE_OFFSETS("a record names only trimmed bases as the place from which to replay"),
    INBOX("every valid submission that is settled was admitted, or was known already"),
    ENDED("the topic of ended tasks holds every published end, and nothing else");

    private final String statement;

    Guarantee(String statement) {
        this.statement = statement;
    }

    /** In one line. */
    public String statement() {
        return statement;
    }

    /** As written in JSON: {@code inbox-position}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
