package io.leasehold.server.http;

/**
 * What the event loops of one edge share. Thread-safe.
 *
 * @param bodies of requests, from their arrival to their answers
 * @param answers that clients have not taken yet
 * @param polls that wait, by address
 * @param door counts connections
 */
record EdgeState(
        RequestMeters meters,
        OwnNames names,
        PeerAddresses peers,
        ByteBudget bodies,
        ByteBudget answers,
        AddressShares polls,
        AcceptGuard door) {

    static EdgeState of(EdgeContext context, EdgeOptions options) {
        EdgeBudgets budgets = options.budgets();
        RequestMeters meters = new RequestMeters(context.metrics());
        ByteBudget bodies = new ByteBudget(budgets.bodyBytes());
        ByteBudget answers = new ByteBudget(budgets.unsentBytes());
        meters.watch("bodies", bodies);
        meters.watch("answers", answers);
        PeerAddresses peers = new PeerAddresses(context.whereabouts());
        return new EdgeState(
                meters,
                new OwnNames(options.hosts()),
                peers,
                bodies,
                answers,
                new AddressShares(budgets.addressPolls(), peers::isPeer),
                new AcceptGuard(
                        options.maxConnections(),
                        new AddressShares(budgets.addressConnections(), peers::isPeer),
                        meters));
    }
}
