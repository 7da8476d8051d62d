package io.leasehold.server.http;

import java.util.Locale;

/** Why the edge refuses a request or a connection before, or without, looking at what it asks for. */
enum EdgeRefusal {
    /** Its method is none of HTTP's. */
    METHOD,
    /** Its target is no path, or names another server. */
    TARGET,
    /** Its first line or its headers cannot be read, or are too long. */
    MALFORMED,
    /** A header that HTTP forbids, or that leaves in doubt where the request ends. */
    HEADER,
    /** It names another host. */
    HOST,
    /** A page of another site sent it. */
    CROSS_SITE,
    /** It expects something other than 100-continue. */
    EXPECTATION,
    /** Its body is larger than any may be that goes there. */
    BODY_SIZE,
    /** Bodies under way hold all the memory that they may. */
    BODIES,
    /** Its body did not arrive in time. */
    BODY_SLOW,
    /** Answers that wait to be taken are as many as may. */
    ANSWERS,
    /** Nothing of an answer was taken for too long. */
    STALLED,
    /** Its client takes back one request after the other. */
    RESETS,
    /** There are as many connections as may be. */
    CONNECTIONS,
    /** Its address has its share of them. */
    ADDRESS_SHARE,
    /** As many polls wait for its address as may. */
    POLLS;

    /** As a label. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
