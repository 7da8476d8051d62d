package io.leasehold.server.forward;

/** The headers that coordinators, and clients that know the map, speak to each other with. */
public final class ForwardHeaders {
    /** Set by the coordinator that forwards, its id: whoever receives it answers alone, forwards no further. */
    public static final String FORWARDED = "leasehold-forwarded";

    /** How old the request was when it was forwarded, in milliseconds: a lease is believed from when the worker asked. */
    public static final String AGE_MS = "leasehold-age-ms";

    /** {@code true}: do not forward, tell me the owner (421). */
    public static final String NO_FORWARD = "leasehold-no-forward";

    /** In an answer 421: the owner's address. */
    public static final String OWNER = "leasehold-owner";

    private ForwardHeaders() {}
}
