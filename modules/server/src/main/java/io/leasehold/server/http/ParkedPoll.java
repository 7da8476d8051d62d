package io.leasehold.server.http;

import io.leasehold.api.Grant;
import io.leasehold.api.GrantedTask;
import io.leasehold.api.Limits;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.task.Task;
import io.leasehold.server.forward.Reply;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** A poll from its arrival to its answer; while it waits it is a ticket and a timer, and holds no thread. */
final class ParkedPoll {
    /** What one grant may take in the answer beside its payload. */
    private static final int ENVELOPE_BYTES = 1_280;

    private static final long NO_TIMER = -1;
    /** Polls whose workers know another map are answered over so long, so that these do not all ask for it at once. */
    private static final long NEWS_MS = 1_000;

    private final Loop loop;
    private final Exchange exchange;
    private final PollRequest request;
    private final Set<ParkedPoll> parked;
    private final Wanted wanted;
    private PollTicket ticket;
    private long timer = NO_TIMER;
    private long news = NO_TIMER;

    /** @param parked where it is to be found while it waits */
    ParkedPoll(Loop loop, Exchange exchange, PollRequest request, Set<ParkedPoll> parked) {
        this.loop = loop;
        this.exchange = exchange;
        this.request = request;
        this.parked = parked;
        this.wanted = wanted();
    }

    void start() {
        if (exchange.isGone()) {
            return;
        }
        Future<List<LeasedTask>> leased = Asked.of(
                loop.context(), -1, answer -> ticket = loop.desk().poll(wanted, exchange.ageMs(), answer, elsewhere()));
        long waitMs = request.waitMs() - exchange.ageMs();
        if (waitMs <= 0) {
            timeOut();
        } else {
            timer = loop.vertx().setTimer(waitMs, ignored -> timeOut());
        }
        parked.add(this);
        lookAtMap();
        exchange.whenGone(() -> loop.desk().giveUp(ticket));
        exchange.whenGone(this::forget);
        leased.onComplete(outcome -> forget());
        leased.onSuccess(this::answer).onFailure(exchange::fail);
    }

    /** Waits but little longer if its worker knows another map than this coordinator. */
    void lookAtMap() {
        String tag = loop.mapTag();
        if (timer != NO_TIMER
                && news == NO_TIMER
                && tag != null
                && request.map() != null
                && !tag.equals(request.map())) {
            long leftMs = 1 + ThreadLocalRandom.current().nextLong(NEWS_MS);
            news = loop.vertx().setTimer(leftMs, ignored -> timeOut());
        }
    }

    /** Answers with nothing, unless a shard is about to answer with something. */
    void timeOut() {
        loop.desk().timeOut(ticket);
    }

    /** Null if it must be answered here: it is forwarded once only, and not if its client does not want that. */
    private Consumer<String> elsewhere() {
        boolean movable = exchange.follows() || !(exchange.isForwarded() || exchange.refusesForward());
        return movable ? coordinator -> loop.context().runOnContext(ignored -> lookAt(coordinator)) : null;
    }

    /** Another coordinator has tasks for this poll. */
    private void lookAt(String coordinator) {
        Member other = loop.whereabouts().other(coordinator);
        if (other == null || exchange.isGone()) {
            loop.desk().nothingElsewhere(ticket, coordinator);
        } else if (exchange.follows()) {
            loop.desk().sentElsewhere(wanted, coordinator);
            forget();
            exchange.answer(200, PollAnswers.write(new PollAnswer(List.of(), other.url(), loop.mapTag())));
        } else {
            loop.desk().askingElsewhere(wanted, coordinator);
            loop.send(exchange, other, PollReplies.atOnce(exchange, request))
                    .onComplete(outcome -> answeredBy(other, outcome.result(), outcome.cause()));
        }
    }

    /** Exactly one of reply and failure is there. */
    private void answeredBy(Member other, Reply reply, Throwable failure) {
        if (reply != null && PollReplies.hasTasks(reply)) {
            loop.desk().answeredElsewhere(wanted, other.id());
            forget();
            exchange.answer(reply);
        } else if (request.pollId() != null && failure != null && PollReplies.isOutcomeUnknown(failure)) {
            // Its repetition gets what it was granted there; a poll without an id cannot be repeated, and goes on.
            forget();
            exchange.fail(failure);
        } else {
            loop.desk().nothingElsewhere(ticket, other.id());
        }
    }

    private Wanted wanted() {
        long maxBytes = Limits.MAX_POLL_ANSWER_BYTES - (long) request.max() * ENVELOPE_BYTES;
        long leaseMs = request.leaseMs() == null ? 0 : request.leaseMs();
        List<String> queues = request.queues().stream().distinct().toList();
        return new Wanted(request.worker(), queues, request.max(), maxBytes, leaseMs, request.pollId());
    }

    private void forget() {
        parked.remove(this);
        if (timer != NO_TIMER) {
            loop.vertx().cancelTimer(timer);
            timer = NO_TIMER;
        }
        if (news != NO_TIMER) {
            loop.vertx().cancelTimer(news);
            news = NO_TIMER;
        }
    }

    private void answer(List<LeasedTask> leased) {
        if (exchange.isGone()) {
            leased.forEach(this::giveBack);
            return;
        }
        List<Grant> grants = leased.stream().map(ParkedPoll::grantOf).toList();
        if (!exchange.answer(200, PollAnswers.write(new PollAnswer(grants, null, loop.mapTag())))) {
            leased.forEach(this::giveBack);
        }
    }

    /**
     * The client left while a shard leased to it, or it leaves too many answers untaken: so not a byte of the answer was
     * sent. A poll that was repeated meanwhile has
     * been promised the same lease again, which then stays.
     */
    private void giveBack(LeasedTask leased) {
        List<LeaseReport> reports = List.of(LeaseReport.undelivered(leased));
        loop.<List<Report.Answer>>ask(leased.shard(), (desk, answer) -> desk.report(leased.shard(), reports, answer));
    }

    private static Grant grantOf(LeasedTask leased) {
        Task.Fields task = leased.grant().task().fields();
        GrantedTask granted = new GrantedTask(
                task.id(),
                task.queue(),
                task.type(),
                task.priority(),
                task.deadlineMs() == Task.NO_DEADLINE ? null : task.deadlineMs(),
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
}
