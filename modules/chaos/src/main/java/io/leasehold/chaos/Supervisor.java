package io.leasehold.chaos;

import io.leasehold.chaos.cluster.CoordinatorNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts coordinators again that have ended by themselves, on a thread of its own. */
final class Supervisor implements AutoCloseable {
    private static final long EVERY_MS = 1_000;

    private final List<CoordinatorNode> nodes;
    private final Consumer<String> news;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread one = new Thread(run, "supervisor");
        one.setDaemon(true);
        return one;
    });

    Supervisor(List<CoordinatorNode> nodes, Consumer<String> news) {
        this.nodes = nodes;
        this.news = news;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::tend, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void tend() {
        for (CoordinatorNode node : nodes) {
            try {
                int before = node.endedByItself();
                node.tend();
                if (node.endedByItself() > before) {
                    news.accept("coordinator " + node.id() + " had ended by itself (see " + node.log()
                            + "), and was started");
                }
            } catch (IOException e) {
                news.accept("coordinator " + node.id() + " could not be started: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
