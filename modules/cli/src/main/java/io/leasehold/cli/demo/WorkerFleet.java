package io.leasehold.cli.demo;

import io.leasehold.embedded.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Worker processes. One that dies is started anew, under a new name, by the thread of {@link #tend}. Not thread-safe. */
final class WorkerFleet implements AutoCloseable {
    private final Path directory;
    private final Supplier<List<URI>> coordinators;
    private final long paceMs;
    private final List<ChildJvm> workers = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private int started;
    private int deaths;

    /** @param coordinators those alive at the time a worker is started */
    WorkerFleet(Path directory, Supplier<List<URI>> coordinators, long paceMs) {
        this.directory = directory;
        this.coordinators = coordinators;
        this.paceMs = paceMs;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            workers.add(launch());
            names.add("worker-" + started);
        }
    }

    /** Starts dead workers anew; returns the names of those that had died. */
    List<String> tend() {
        List<String> died = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            if (!workers.get(i).isAlive()) {
                died.add(names.get(i));
                workers.set(i, launch());
                names.set(i, "worker-" + started);
            }
        }
        deaths += died.size();
        return died;
    }

    /** Ends one of them with {@code kill -9}; returns its name. */
    String killOne() {
        for (int i = workers.size() - 1; i >= 0; i--) {
            if (workers.get(i).isAlive()) {
                workers.get(i).kill();
                return names.get(i);
            }
        }
        throw new IllegalStateException("workers: none alive (expected: one to kill)");
    }

    long alive() {
        return workers.stream().filter(ChildJvm::isAlive).count();
    }

    int deaths() {
        return deaths;
    }

    /** Ends all at once. */
    @Override
    public void close() {
        workers.forEach(ChildJvm::kill);
    }

    private ChildJvm launch() {
        started++;
        String name = "worker-" + started;
        String urls = coordinators.get().stream().map(URI::toString).collect(Collectors.joining(","));
        try {
            return ChildJvm.of(DemoWorker.class.getName())
                    .jvmOptions("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                    .args(urls, name, Long.toString(paceMs))
                    .logFile(directory.resolve(name + ".log"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
