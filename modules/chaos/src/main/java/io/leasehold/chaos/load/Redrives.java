package io.leasehold.chaos.load;

import io.leasehold.api.RedriveRequest;
import io.leasehold.api.TaskView;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.client.LeaseholdException;
import io.leasehold.client.OperatorClient;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Gives a dead letter a new life now and then, each once, on a thread of its own. */
public final class Redrives implements AutoCloseable {
    private static final int PAUSE_MS = 5_000;
    private static final int LOOKED_AT = 200;

    private final HistoryWriter history;
    private final OperatorClient client;
    private final Random random;
    private final Set<String> redriven = new HashSet<>();
    private final Thread thread = new Thread(this::run, "redrives");
    private volatile boolean stopped;

    public Redrives(HistoryWriter history, List<String> urls, long seed) {
        this.history = history;
        this.client =
                OperatorClient.create(urls.get(0), urls.subList(1, urls.size()).toArray(String[]::new));
        this.random = new Random(seed);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.MINUTES.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private void run() {
        while (!stopped) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                redriveOne();
            } catch (LeaseholdException e) {
                // nobody answered for a while: that is what this is about
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void redriveOne() {
        List<String> ids = client.dead(null, LOOKED_AT).tasks().stream()
                .map(TaskView::id)
                .filter(id -> !redriven.contains(id))
                .toList();
        if (!ids.isEmpty()) {
            String id = ids.get(random.nextInt(ids.size()));
            redriven.add(id);
            history.write(new Event.Redriving(id, System.nanoTime()));
            client.redrive(new RedriveRequest(List.of(id), null, null));
        }
    }
}
