package io.leasehold.server.http;

import io.leasehold.api.ProblemCode;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Whereabouts;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request with many items, each of which belongs to a shard: the items are asked of their owners, here or elsewhere, all at
 * once, and the answers come back in the order of the request. What one owner does not answer spoils only its own items.
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

    private final Exchange exchange;
    private final Whereabouts whereabouts;
    private final Words<I, R> words;
    private final List<I> items;
    private final Object[] answers;
    private final List<Future<?>> parts = new ArrayList<>();

    Batch(Exchange exchange, Whereabouts whereabouts, Words<I, R> words, List<I> items) {
        this.exchange = exchange;
        this.whereabouts = whereabouts;
        this.words = words;
        this.items = items;
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
        here.forEach((shard, places) -> part(places, words.here(shard, itemsAt(places))));
        elsewhere.forEach((owner, places) -> part(places, words.elsewhere(owner, itemsAt(places))));
        return Future.join(parts).map(ignored -> answers()).otherwise(ignored -> answers());
    }

    private void part(List<Integer> places, Future<List<R>> part) {
        parts.add(part.onComplete(outcome -> {
            boolean good = outcome.succeeded() && outcome.result().size() == places.size();
            for (int i = 0; i < places.size(); i++) {
                int place = places.get(i);
                answers[place] =
                        good ? outcome.result().get(i) : words.unanswered(items.get(place), cause(outcome.cause()));
            }
        }));
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
