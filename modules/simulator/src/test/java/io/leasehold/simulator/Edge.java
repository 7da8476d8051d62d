package io.leasehold.simulator;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Grant;
import io.leasehold.api.GrantedTask;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.PollRequest;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.ring.MapTag;
import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.lease.LeaseTokens.Opened;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** A coordinator's HTTP edge without HTTP: requests for shards elsewhere go there, once. */
final class Edge {
    private static final long FORWARD_US = 5_000_000;
    private static final long NEWS_US = 1_000_000;

    private final World world;
    private final Coordinator owner;
    private final FrontDesk desk;
    private final Session session;
    private final LeaseTokens tokens;
    /** How many requests wait for an answer, by the copy of the shard that has them. */
    private final Map<ShardLoop, Integer> waiting = new IdentityHashMap<>();
    /** Polls that wait, and which map their workers know. */
    private final Map<PollTicket, String> parked = new LinkedHashMap<>();

    Edge(World world, Coordinator owner, FrontDesk desk, Session session, LeaseTokens tokens) {
        this.world = world;
        this.owner = owner;
        this.desk = desk;
        this.session = session;
        this.tokens = tokens;
    }

    /** Who else serves the shard, as far as this process knows; null for this one or nobody. */
    private Coordinator elsewhere(int shard) {
        ClusterMap map = session.map();
        if (shard >= map.shards().size() || desk.owns(shard)) {
            return null;
        }
        Member member = map.ownerOf(shard);
        return member == null || member.id().equals(owner.name()) ? null : world.coordinator(member.id());
    }

    /** Something that one shard is asked. */
    <T> void ask(int shard, boolean forwarded, String what, BiConsumer<FrontDesk, Answer<T>> question, Reply<T> reply) {
        Coordinator other = forwarded ? null : elsewhere(shard);
        if (other != null) {
            world.network.<T>call(
                    owner,
                    other,
                    what,
                    FORWARD_US,
                    (edge, back) -> edge.ask(shard, true, what, question, back),
                    reply::ok,
                    reply::fail);
        } else {
            handOver(shard, answer(reply::ok, reply), waits -> question.accept(desk, waits));
        }
    }

    /** How many requests that this copy of a shard has taken wait for an answer. */
    int waiting(ShardLoop copy) {
        return waiting.getOrDefault(copy, 0);
    }

    /**
     * Asks a shard. Until that returns, who asks may be stopped anywhere, the copy may end and another one begin: so only
     * then it is settled who has the request, if it has not been answered.
     */
    private <T> void handOver(int shard, Answer<T> answer, Consumer<Answer<T>> question) {
        Waits<T> waits = new Waits<>(answer);
        question.accept(waits);
        waits.at(owner.copy(shard));
    }

    private final class Waits<T> implements Answer<T> {
        private final Answer<T> answer;
        private ShardLoop copy;
        private boolean answered;

        Waits(Answer<T> answer) {
            this.answer = answer;
        }

        void at(ShardLoop copy) {
            if (!answered) {
                this.copy = copy;
                waiting.merge(copy, 1, Integer::sum);
            }
        }

        private void leave() {
            answered = true;
            if (copy != null) {
                waiting.merge(copy, -1, Integer::sum);
            }
        }

        @Override
        public void done(T value) {
            leave();
            answer.done(value);
        }

        @Override
        public void refused(Refusal why) {
            leave();
            answer.refused(why);
        }
    }

    private static <T> Answer<T> answer(Consumer<T> then, Reply<?> otherwise) {
        return new Answer<>() {
            @Override
            public void done(T value) {
                then.accept(value);
            }

            @Override
            public void refused(Refusal why) {
                otherwise.fail(why == Refusal.NOT_OWNER ? 421 : why == Refusal.FULL ? 429 : 503);
            }
        };
    }

    /** Who is there, as far as this process knows. */
    List<ClusterView.Coordinator> cluster() {
        return session.map().members().stream()
                .map(member -> new ClusterView.Coordinator(member.id(), member.url()))
                .toList();
    }

    private String mapTag() {
        Map<String, String> urls = new HashMap<>();
        session.map().members().forEach(member -> urls.put(member.id(), member.url()));
        return session.map().connected() ? MapTag.of(urls) : null;
    }

    void mapChanged() {
        parked.forEach(this::tellNews);
    }

    /** A poll that waits while its worker knows another map waits little longer. */
    private void tellNews(PollTicket ticket, String known) {
        String tag = mapTag();
        if (tag != null && known != null && !tag.equals(known)) {
            owner.after(world.dice.upTo(NEWS_US), "poll ends for news", () -> desk.timeOut(ticket));
        }
    }

    void poll(PollRequest request, long ageMs, boolean forwarded, Reply<PollAnswer> reply) {
        Coordinator other = forwarded ? null : anyOther();
        if (other != null) {
            world.network.<PollAnswer>call(
                    owner,
                    other,
                    "forwarded poll",
                    FORWARD_US + request.waitMs() * 1_000,
                    (edge, back) -> edge.poll(request, ageMs, true, back),
                    reply::ok,
                    reply::fail);
            return;
        }
        long leaseMs = request.leaseMs() == null ? 0 : request.leaseMs();
        Wanted wanted =
                new Wanted(request.worker(), request.queues(), request.max(), 1 << 20, leaseMs, request.pollId());
        Happening[] timer = new Happening[1];
        PollTicket[] ticket = new PollTicket[1];
        ticket[0] = desk.poll(
                wanted,
                ageMs,
                answer(
                        leased -> {
                            if (timer[0] != null) {
                                timer[0].callOff();
                            }
                            parked.remove(ticket[0]);
                            leased.forEach(one -> world.guarantees.granted(one, request));
                            reply.ok(new PollAnswer(
                                    leased.stream().map(Edge::grantOf).toList(), null, mapTag()));
                        },
                        reply));
        long waitMs = request.waitMs() - ageMs;
        if (waitMs <= 0) {
            desk.timeOut(ticket[0]);
        } else {
            timer[0] = owner.after(waitMs * 1_000, "poll times out", () -> desk.timeOut(ticket[0]));
            parked.put(ticket[0], request.map());
            tellNews(ticket[0], request.map());
        }
    }

    /** Whoever serves a shard, if this process serves none. */
    private Coordinator anyOther() {
        for (int shard = 0; shard < world.setup.shards(); shard++) {
            if (desk.owns(shard)) {
                return null;
            }
        }
        for (Place place : session.map().shards()) {
            Coordinator other = elsewhere(place.shard());
            if (other != null) {
                return other;
            }
        }
        return null;
    }

    private static Grant grantOf(LeasedTask leased) {
        Task task = leased.grant().task();
        GrantedTask granted = new GrantedTask(
                task.id(),
                task.queue(),
                task.type(),
                task.priority(),
                task.hasDeadline() ? task.deadlineMs() : null,
                task.maxAttempts(),
                task.payload(),
                task.traceparent());
        return new Grant(
                granted,
                leased.lease(),
                leased.grant().fence(),
                leased.grant().attempt(),
                leased.grant().leaseMs(),
                leased.decidedAfterMs());
    }

    void heartbeat(HeartbeatRequest request, boolean forwarded, Reply<HeartbeatAnswer> reply) {
        split(
                request.leases(),
                token -> token,
                forwarded,
                (shard, part) -> then -> {
                    List<Long> fences = part.stream()
                            .map(token -> tokens.open(token).fence())
                            .toList();
                    Answer<List<Heartbeat>> beaten = part(then, beats -> {
                        world.guarantees.beaten(owner, shard, fences, beats);
                        return entries(part, beats);
                    });
                    handOver(shard, beaten, waits -> desk.heartbeat(shard, fences, waits));
                },
                (other, part) -> then -> world.network.<HeartbeatAnswer>call(
                        owner,
                        other,
                        "forwarded heartbeat",
                        FORWARD_US,
                        (edge, back) -> edge.heartbeat(new HeartbeatRequest(request.worker(), part), true, back),
                        answer -> then.accept(answer.leases()),
                        status -> then.accept(null)),
                token -> new HeartbeatAnswer.Entry(token, LeaseStatus.RETRY, null),
                entries -> reply.ok(new HeartbeatAnswer(entries)));
    }

    private static List<HeartbeatAnswer.Entry> entries(List<String> leases, List<Heartbeat> beats) {
        List<HeartbeatAnswer.Entry> entries = new ArrayList<>();
        for (int i = 0; i < leases.size(); i++) {
            Heartbeat beat = beats.get(i);
            Long leaseMs = beat.status() == Heartbeat.Status.OK ? beat.leaseMs() : null;
            entries.add(new HeartbeatAnswer.Entry(
                    leases.get(i), LeaseStatus.valueOf(beat.status().name()), leaseMs));
        }
        return entries;
    }

    void report(ReportRequest request, boolean forwarded, Reply<ReportAnswer> reply) {
        split(
                request.reports(),
                ReportRequest.Entry::lease,
                forwarded,
                (shard, part) -> then -> {
                    List<LeaseReport> reports =
                            part.stream().map(this::reportOf).toList();
                    Answer<List<Report.Answer>> told = part(then, outcomes -> {
                        List<ReportAnswer.Entry> entries = new ArrayList<>();
                        for (int i = 0; i < part.size(); i++) {
                            world.guarantees.reported(shard, reports.get(i), outcomes.get(i));
                            entries.add(new ReportAnswer.Entry(
                                    part.get(i).lease(),
                                    ReportStatus.valueOf(outcomes.get(i).name())));
                        }
                        return entries;
                    });
                    handOver(shard, told, waits -> desk.report(shard, reports, waits));
                },
                (other, part) -> then -> world.network.<ReportAnswer>call(
                        owner,
                        other,
                        "forwarded report",
                        FORWARD_US,
                        (edge, back) -> edge.report(new ReportRequest(request.worker(), part), true, back),
                        answer -> then.accept(answer.reports()),
                        status -> then.accept(null)),
                entry -> new ReportAnswer.Entry(entry.lease(), ReportStatus.RETRY),
                entries -> reply.ok(new ReportAnswer(entries)));
    }

    private LeaseReport reportOf(ReportRequest.Entry entry) {
        Report.Outcome outcome = Report.Outcome.valueOf(entry.outcome().name());
        byte[] result = entry.result() == null ? new byte[0] : entry.result().utf8();
        Report report = new Report(
                outcome,
                result,
                entry.error(),
                entry.retryable() == null || entry.retryable(),
                entry.retryAfterMs() == null ? -1 : entry.retryAfterMs());
        return new LeaseReport(tokens.open(entry.lease()).fence(), report);
    }

    private static <T, R> Answer<List<T>> part(Consumer<List<R>> then, Function<List<T>, List<R>> words) {
        return new Answer<>() {
            @Override
            public void done(List<T> value) {
                then.accept(words.apply(value));
            }

            @Override
            public void refused(Refusal why) {
                then.accept(null);
            }
        };
    }

    private interface Part<R> {
        /** @param then told the entries, or null if there is no verdict */
        void ask(Consumer<List<R>> then);
    }

    /** Asks each item's shard and puts the answers together again; what is not answered is {@code unanswered}. */
    private <I, R> void split(
            List<I> items,
            Function<I, String> tokenOf,
            boolean forwarded,
            BiFunction<Integer, List<I>, Part<R>> here,
            BiFunction<Coordinator, List<I>, Part<R>> there,
            Function<I, R> unanswered,
            Consumer<List<R>> whole) {
        Map<Object, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Opened opened = tokens.open(tokenOf.apply(items.get(i)));
            Coordinator other = forwarded ? null : elsewhere(opened.shard());
            places.computeIfAbsent(other == null ? (Object) opened.shard() : other, key -> new ArrayList<>())
                    .add(i);
        }
        Object[] answers = new Object[items.size()];
        int[] left = {places.size()};
        places.forEach((where, at) -> {
            List<I> part = at.stream().map(items::get).toList();
            Part<R> question =
                    where instanceof Coordinator other ? there.apply(other, part) : here.apply((Integer) where, part);
            question.ask(entries -> {
                for (int i = 0; i < at.size(); i++) {
                    answers[at.get(i)] = entries == null ? unanswered.apply(part.get(i)) : entries.get(i);
                }
                if (--left[0] == 0) {
                    List<R> all = new ArrayList<>();
                    for (Object answer : answers) {
                        @SuppressWarnings("unchecked")
                        R one = (R) answer;
                        all.add(one);
                    }
                    whole.accept(all);
                }
            });
        });
    }
}
