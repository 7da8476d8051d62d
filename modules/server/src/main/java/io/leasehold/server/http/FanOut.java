package io.leasehold.server.http;

import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Whereabouts.Split;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** Asks many shards at once and puts together what comes back; who does not answer is named, not waited for. */
final class FanOut {
    /** @param missing shards that gave no answer, in order */
    record Gathered<R>(List<R> parts, List<Integer> missing) {}

    private FanOut() {}

    /**
     * @param here asks a shard of this process
     * @param elsewhere asks another coordinator about some of its shards; not called for a forwarded request
     * @return never fails
     */
    static <R> Future<Gathered<R>> over(
            Loop loop,
            Exchange exchange,
            Iterable<Integer> shards,
            IntFunction<Future<R>> here,
            BiFunction<Member, List<Integer>, Future<R>> elsewhere) {
        Split split = loop.whereabouts().split(shards);
        List<R> parts = new ArrayList<>();
        TreeSet<Integer> missing = new TreeSet<>(split.nowhere());
        List<Future<?>> asked = new ArrayList<>();
        split.here()
                .forEach(shard ->
                        asked.add(here.apply(shard).onSuccess(parts::add).onFailure(ignored -> missing.add(shard))));
        split.elsewhere().forEach((owner, theirs) -> {
            if (exchange.isForwarded()) {
                missing.addAll(theirs);
            } else {
                asked.add(elsewhere
                        .apply(owner, theirs)
                        .onSuccess(parts::add)
                        .onFailure(ignored -> missing.addAll(theirs)));
            }
        });
        Future<?> all = asked.isEmpty() ? Future.succeededFuture() : Future.join(asked);
        return all.transform(ignored -> Future.succeededFuture(new Gathered<>(parts, List.copyOf(missing))));
    }
}
