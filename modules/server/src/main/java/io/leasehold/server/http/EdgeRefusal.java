package io.leasehold.server.http;

import java.util.Locale;

/** Why the edge refuses a request or a connection before, or without, looking at what it asks for. */
enum EdgeRefusal {
    /** Its target is no path, or names another server. */
    TARGET;

    /** As a label. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
