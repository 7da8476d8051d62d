package io.leasehold.cli.bench.system;

import io.leasehold.cli.Failure;
import io.leasehold.embedded.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** beanstalkd in a process of its own, with a binlog; it ends with this process. */
public final class BeanstalkdTarget implements Target {
    public static final String HOW_TO_GET_IT = "apt-get install beanstalkd";

    private static final int WINDOW = 100;
    private static final long START_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int NO_FSYNC_WAIT = 50;

    private final boolean flushEach;
    private final int port = FreePort.take();
    private final Process process;

    private BeanstalkdTarget(String program, Path directory, boolean flushEach) throws IOException {
        this.flushEach = flushEach;
        Path binlog = Files.createDirectories(directory.resolve("beanstalkd"));
        this.process = new ProcessBuilder(
                        program,
                        "-l",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-b",
                        binlog.toString(),
                        "-f",
                        Integer.toString(flushEach ? 0 : NO_FSYNC_WAIT))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("beanstalkd.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /**
     * Starts it and waits until it answers; empty if this machine does not have it.
     *
     * @param flushEach whether every write reaches the disk before it is answered; else that is at most 50 ms later
     */
    public static Optional<BeanstalkdTarget> start(Path directory, boolean flushEach)
            throws IOException, InterruptedException {
        Optional<String> program = Stream.of((System.getenv("PATH") + ":/usr/bin:/usr/local/bin").split(":"))
                .map(folder -> folder + "/beanstalkd")
                .filter(path -> new File(path).canExecute())
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        BeanstalkdTarget target = new BeanstalkdTarget(program.get(), directory, flushEach);
        target.awaitReady();
        return Optional.of(target);
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE_NANOS;
        while (true) {
            try (BeanstalkdWire wire = new BeanstalkdWire(port)) {
                return;
            } catch (ConnectException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new Failure("beanstalkd does not answer at port " + port, e);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Override
    public String name() {
        return "beanstalkd";
    }

    @Override
    public String durability() {
        return flushEach
                ? "an fsync for each write, before it is answered"
                : "binlog, fsync at most every 50 ms; answers do not wait for it";
    }

    @Override
    public Map<String, Long> processes() {
        return Map.of("beanstalkd", process.pid());
    }

    @Override
    public Producer producer(Style style) throws IOException {
        return new Puts(new BeanstalkdWire(port), style == Style.BATCH ? WINDOW : 1);
    }

    @Override
    public Workers workers(int count, Style style, Handler handler) throws IOException {
        return new BeanstalkdWorkers(port, count, style, handler);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static final class Puts implements Producer {
        private final BeanstalkdWire wire;
        private final int window;
        private int open;

        Puts(BeanstalkdWire wire, int window) {
            this.wire = wire;
            this.window = window;
        }

        @Override
        public void submit(Work work, long number) throws IOException {
            wire.put(work.priorities() - 1 - work.priority(number), work.payload(number));
            open++;
            if (open >= window) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            wire.send();
            for (; open > 0; open--) {
                wire.expect("INSERTED");
            }
        }

        @Override
        public void close() {
            try {
                wire.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
