package io.leasehold.server.http;

import io.leasehold.server.testkit.TestCoordinator;

/** A coordinator's figures as a scrape would find them, without asking its edge. */
record Scrape(String text) {
    static Scrape of(TestCoordinator coordinator) {
        return new Scrape(coordinator.context().metrics().scrape());
    }

    /** @param name with its labels */
    long figure(String name) {
        String line =
                text.lines().filter(one -> one.startsWith(name)).findFirst().orElseThrow();
        return (long) Double.parseDouble(line.substring(name.length()));
    }
}
