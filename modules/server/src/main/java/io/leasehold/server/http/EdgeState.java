package io.leasehold.server.http;

/** What the event loops of one edge share. Thread-safe. */
record EdgeState(RequestMeters meters, OwnNames names) {

    static EdgeState of(EdgeContext context, EdgeOptions options) {
        return new EdgeState(new RequestMeters(context.metrics()), new OwnNames(options.hosts()));
    }
}
