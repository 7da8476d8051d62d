package io.leasehold.server.http;

import io.leasehold.api.Json;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.ring.MapTag;
import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Forward;
import io.leasehold.server.forward.Forwarder;
import io.leasehold.server.forward.Reply;
import io.leasehold.server.forward.Whereabouts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What one event loop works with. Not thread-safe: for its own loop. */
final class Loop {
    private final Vertx vertx;
    private final Context context;
    private final EdgeContext edge;
    private final Forwarder forwarder;
    private final LeaseTokens tokens;
    private List<Member> tagged = List.of();
    private String tag;

    Loop(Vertx vertx, Context context, EdgeContext edge) {
        this.vertx = vertx;
        this.context = context;
        this.edge = edge;
        this.forwarder = new Forwarder(vertx, edge.whereabouts().self(), edge.forwarding());
        this.tokens = edge.tokens().get();
    }

    Vertx vertx() {
        return vertx;
    }

    EdgeContext edge() {
        return edge;
    }

    Whereabouts whereabouts() {
        return edge.whereabouts();
    }

    /** Names the map as this coordinator knows it; null while that may be old. */
    String mapTag() {
        ClusterMap map = whereabouts().map();
        if (map.members() != tagged) {
            tagged = map.members();
            Map<String, String> urls = new HashMap<>();
            tagged.forEach(member -> urls.put(member.id(), member.url()));
            tag = MapTag.of(urls);
        }
        return map.connected() && !tagged.isEmpty() ? tag : null;
    }

    LeaseTokens tokens() {
        return tokens;
    }

    FrontDesk desk() {
        return edge.desk();
    }

    Context context() {
        return context;
    }

    /** Asks a shard of this process. */
    <T> Future<T> ask(int shard, BiConsumer<FrontDesk, Answer<T>> question) {
        return Asked.of(context, shard, answer -> question.accept(edge.desk(), answer));
    }

    /**
     * Sends to another coordinator and reads the body of its answer.
     *
     * @return fails with a {@link ProblemException} or a {@code ForwardFailedException}
     */
    <T> Future<T> ask(Exchange exchange, Member owner, Forward forward, Class<T> type) {
        return forwarder.send(owner, forward, exchange::whenGone).map(reply -> read(owner, reply, type));
    }

    /** The same, on nobody's behalf. */
    <T> Future<T> ask(Member owner, Forward forward, Class<T> type) {
        return forwarder.send(owner, forward, ignored -> {}).map(reply -> read(owner, reply, type));
    }

    private static <T> T read(Member owner, Reply reply, Class<T> type) {
        try {
            byte[] body = reply.body().getBytes();
            if (reply.isSuccess()) {
                return Json.readAnswer(body, type);
            }
            throw new ProblemException(Json.readAnswer(body, Problem.class), null);
        } catch (UncheckedIOException e) {
            throw new ProblemException(
                    ProblemCode.OUTCOME_UNKNOWN,
                    owner.id() + " at " + owner.url() + " answered " + reply.status() + ", unreadable");
        }
    }

    /** Hands the request over as it is, and the answer back as it comes. */
    void handOver(Exchange exchange, Member owner, Forward forward) {
        exchange.answerWith(send(exchange, owner, forward), exchange::answer);
    }

    /** Sends to another coordinator; whatever it answers is a success. */
    Future<Reply> send(Exchange exchange, Member owner, Forward forward) {
        return forwarder.send(owner, forward, exchange::whenGone);
    }

    /**
     * Answers a request about one shard: here if this process serves the shard, or if there is nobody else to ask; else at
     * its owner.
     *
     * @param path of the request, for the owner
     */
    void atOwner(Exchange exchange, int shard, String path, Runnable here) {
        Member owner = whereabouts().isHere(shard) || exchange.isForwarded()
                ? null
                : whereabouts().elsewhere(shard);
        if (owner == null) {
            here.run();
        } else if (exchange.refusesForward()) {
            exchange.fail(Exchange.askInstead(shard, owner));
        } else {
            handOver(exchange, owner, exchange.forward(path));
        }
    }
}
