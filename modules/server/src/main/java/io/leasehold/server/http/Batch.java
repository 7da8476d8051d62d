package io.leasehold.server.http;

import io.leasehold.api.ProblemCode;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Whereabouts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request with many items, each of which belongs to a shard: the items are asked of their owners, here or elsewhere, all at
 * once, and the answers come back in the order of the request. What one owner does not answer spoils only its own items: where
 * there is {@link Patience}, the others do not wait for it either.
 */
final class Batch<I, R> {
    /** How one kind of request is asked. */
    interface Words<I, R> {
        int shardOf(I item);

        /** Asks a shard of this process; answers in the order of the items. */
        Future<List<R>> here(int shard, List<I> items);

        /** Asks another coordinator; answers in the order of the items. */
        Future<List<R>> elsewhere(Member owner, List<I> items);

        /** What an item gets whose owner gave no answer. */
        R unanswered(I item, Throwable why);
    }

    /**
     * How long the whole waits for its parts; what is missing then is {@link Words#unanswered}, though it may yet be done.
     *
     * @param restMs from the arrival on, if some part has been answered
     * @param wholeMs at the longest, whatever has been answered
     */
    record Patience(long restMs, long wholeMs) {
        private static final long WITHOUT_END = Long.MAX_VALUE;

        /** For requests that may not simply be repeated. */
        static final Patience ENDLESS = new Patience(WITHOUT_END, WITHOUT_END);

        /** Less than a client waits, so that it hears what was answered, and repeats the rest alone. */
        static final Patience OF_REPORTS = new Patience(1_000, 4_000);

        /** Shorter, for who renews a lease of a second must hear in time; asking again costs nothing. */
        static final Patience OF_HEARTBEATS = new Patience(150, 1_000);
    }

    private static final Throwable LATE =
            new ProblemException(ProblemCode.OUTCOME_UNKNOWN, "the owner has not answered yet");

    private final Exchange exchange;
    private final Whereabouts whereabouts;
    private final Words<I, R> words;
    private final List<I> items;
    private final Patience patience;
    private final Object[] answers;
    private final Promise<List<R>> whole = Promise.promise();
    private final List<Runnable> whenDone = new ArrayList<>(2);
    private int parts;
    private int missing;
    private boolean late;
    private boolean done;

    Batch(Exchange exchange, Whereabouts whereabouts, Words<I, R> words, List<I> items, Patience patience) {
        this.exchange = exchange;
        this.whereabouts = whereabouts;
        this.words = words;
        this.items = items;
        this.patience = patience;
        this.answers = new Object[items.size()];
    }

    /** @return fails only if the client wants no forwarding and an item is not at home here */
    Future<List<R>> ask() {
        Map<Integer, List<Integer>> here = new LinkedHashMap<>();
        Map<Member, List<Integer>> elsewhere = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            int shard = words.shardOf(items.get(i));
            Member owner = whereabouts.isHere(shard) ? null : whereabouts.elsewhere(shard);
            if (owner == null || exchange.isForwarded()) {
                here.computeIfAbsent(shard, id -> new ArrayList<>()).add(i);
            } else if (exchange.refusesForward()) {
                return Future.failedFuture(Exchange.askInstead(shard, owner));
            } else {
                elsewhere.computeIfAbsent(owner, id -> new ArrayList<>()).add(i);
            }
        }
        parts = here.size() + elsewhere.size();
        missing = parts;
        if (parts == 0) {
            finish();
        }
        after(patience.restMs(), this::beLate);
        after(patience.wholeMs(), this::finish);
        here.forEach((shard, places) -> part(places, words.here(shard, itemsAt(places))));
        elsewhere.forEach((owner, places) -> part(places, words.elsewhere(owner, itemsAt(places))));
        return whole.future();
    }

    private void after(long ms, Runnable then) {
        if (ms != Patience.WITHOUT_END) {
            Vertx vertx = exchange.loop().owner();
            long timer = vertx.setTimer(Math.max(1, ms), ignored -> then.run());
            whenDone.add(() -> vertx.cancelTimer(timer));
        }
    }

    private void part(List<Integer> places, Future<List<R>> part) {
        part.onComplete(outcome -> {
            if (done) {
                return;
            }
            boolean good = outcome.succeeded() && outcome.result().size() == places.size();
            for (int i = 0; i < places.size(); i++) {
                int place = places.get(i);
                answers[place] =
                        good ? outcome.result().get(i) : words.unanswered(items.get(place), cause(outcome.cause()));
            }
            missing--;
            if (missing == 0 || late) {
                finish();
            }
        });
    }

    private void beLate() {
        late = true;
        if (missing < parts) {
            finish();
        }
    }

    private void finish() {
        if (done) {
            return;
        }
        done = true;
        whenDone.forEach(Runnable::run);
        for (int place = 0; place < answers.length; place++) {
            if (answers[place] == null) {
                answers[place] = words.unanswered(items.get(place), LATE);
            }
        }
        whole.complete(answers());
    }

    private static Throwable cause(Throwable known) {
        return known != null
                ? known
                : new ProblemException(ProblemCode.OUTCOME_UNKNOWN, "the owner answered for another number of items");
    }

    private List<I> itemsAt(List<Integer> places) {
        return places.stream().map(items::get).toList();
    }

    @SuppressWarnings("unchecked")
    private List<R> answers() {
        return (List<R>) Arrays.asList(answers);
    }
}
