package io.leasehold.server.http;

/**
 * What the event loops of one edge share. Thread-safe.
 *
 * @param bodies of requests, from their arrival to their answers
 */
record EdgeState(RequestMeters meters, OwnNames names, ByteBudget bodies) {

    static EdgeState of(EdgeContext context, EdgeOptions options) {
        RequestMeters meters = new RequestMeters(context.metrics());
        ByteBudget bodies = new ByteBudget(options.budgets().bodyBytes());
        meters.watch("bodies", bodies);
        return new EdgeState(meters, new OwnNames(options.hosts()), bodies);
    }
}
