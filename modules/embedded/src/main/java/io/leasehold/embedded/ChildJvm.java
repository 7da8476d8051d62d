package io.leasehold.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A Java program running in a process of its own, made by a {@link ChildJvmBuilder}. Thread-safe.
 *
 * <p>Unless the builder was told otherwise, the child ends when this process ends, even by {@code kill -9}.
 */
public final class ChildJvm implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /** A collected {@link Process} closes its pipe, and that would end the child: they are kept until they exit. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final Path logFile;

    ChildJvm(Process process, Path logFile) {
        this.process = process;
        this.logFile = logFile;
        RUNNING.add(process);
        process.onExit().thenRun(() -> RUNNING.remove(process));
    }

    /** Describes a child that runs the given class. */
    public static ChildJvmBuilder of(String mainClass) {
        return new ChildJvmBuilder(mainClass);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The running process, for its streams and its exit code. */
    public Process process() {
        return process;
    }

    /** Completes when the child has ended, with its exit code. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** SIGTERM: asks the child to end in order; returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Asks the child to end in order and waits; kills it when the patience is over. Returns whether it ended by itself. */
    public boolean stop(Duration patience) {
        terminate();
        if (awaitExit(patience)) {
            return true;
        }
        kill();
        return false;
    }

    /** SIGKILL: ends the child here and now, without a chance to clean up, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(CLOSE_PATIENCE);
    }

    /** SIGSTOP: the child stands still, its connections stay open. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: the child goes on, as if no time had passed. */
    public void resume() {
        signal("CONT");
    }

    /** Waits until the child has ended; false if it is still alive after that time. */
    public boolean awaitExit(Duration patience) {
        try {
            return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** Where the child's output goes; null if it is not written to a file. */
    public Path logFile() {
        return logFile;
    }

    /** The last lines of the child's log, for error messages. */
    public String logTail(int lines) {
        return logFile == null ? "" : LogFile.tail(logFile, lines);
    }

    /** Stops the child, by force if it takes more than ten seconds. */
    @Override
    public void close() {
        stop(CLOSE_PATIENCE);
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                    .redirectErrorStream(true)
                    .start();
            if (kill.waitFor() != 0) {
                String said = new String(kill.getInputStream().readAllBytes()).strip();
                throw new IllegalStateException("pid: " + pid() + " (expected: a running process): " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
