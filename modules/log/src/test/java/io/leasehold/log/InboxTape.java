package io.leasehold.log;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Inbox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What an inbox told its listener, in order; asks for the next batch after each one if told to. */
final class InboxTape implements Inbox.Listener {
    record Batch(List<Arrival> arrivals, long next, int leaderEpoch, long end, int rejected, int resent) {}

    final List<Batch> batches = new CopyOnWriteArrayList<>();
    final Map<Long, Long> endsByTicket = new ConcurrentHashMap<>();
    final List<Long> unsure = new CopyOnWriteArrayList<>();
    final List<Exception> failures = new CopyOnWriteArrayList<>();
    final AtomicInteger readable = new AtomicInteger();
    final AtomicInteger rejections = new AtomicInteger();
    volatile Inbox requestsFrom;

    @Override
    public void onArrivals(
            List<Arrival> arrivals, long nextOffset, int leaderEpoch, long endOffset, int rejected, int resent) {
        batches.add(new Batch(arrivals, nextOffset, leaderEpoch, endOffset, rejected, resent));
        Inbox inbox = requestsFrom;
        if (inbox != null) {
            inbox.request();
        }
    }

    @Override
    public void onRejected() {
        rejections.incrementAndGet();
    }

    @Override
    public void onInboxEnd(long ticket, long endOffset) {
        endsByTicket.put(ticket, endOffset);
    }

    @Override
    public void onInboxUnsure(long ticket) {
        unsure.add(ticket);
    }

    @Override
    public void onInboxFailed(Exception cause) {
        failures.add(cause);
    }

    @Override
    public void onInboxReadable() {
        readable.incrementAndGet();
    }

    List<String> ids() {
        return arrivals().stream().map(arrival -> arrival.task().id()).toList();
    }

    List<Arrival> arrivals() {
        return batches.stream().flatMap(batch -> batch.arrivals().stream()).toList();
    }

    long next() {
        return batches.isEmpty() ? -1 : batches.get(batches.size() - 1).next();
    }

    int rejected() {
        return batches.stream().mapToInt(Batch::rejected).sum();
    }

    int resent() {
        return batches.stream().mapToInt(Batch::resent).sum();
    }
}
