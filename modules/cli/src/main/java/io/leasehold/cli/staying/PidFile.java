package io.leasehold.cli.staying;

import io.leasehold.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names a process that goes on when this one ends: its pid, and when it started, so that nobody takes another process for
 * it that has got the same number since.
 */
record PidFile(Path file) {

    void write(long pid) throws IOException {
        Instant started = ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .orElseThrow(() -> new Failure(file + ": process " + pid + " has ended as soon as it began"));
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, pid + "\n" + started.toEpochMilli() + "\n");
        Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** The process, if it is still alive. */
    Optional<ProcessHandle> process() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] lines = Files.readString(file).split("\n");
        if (lines.length < 2 || !(lines[0] + lines[1]).matches("[0-9]+")) {
            throw new Failure(
                    file + ": unreadable (expected: a pid and when it started)\nLook for the process by hand, "
                            + "then remove the file.");
        }
        long startedMs = Long.parseLong(lines[1]);
        return ProcessHandle.of(Long.parseLong(lines[0]))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(Instant::toEpochMilli)
                        .filter(ms -> ms == startedMs)
                        .isPresent());
    }

    boolean isAlive() throws IOException {
        return process().isPresent();
    }

    /** Asks it to end in good order; returns at once. */
    void terminate() throws IOException {
        process().ifPresent(ProcessHandle::destroy);
    }

    /** Waits until it has ended; by force after that time. Returns whether it ended by itself. */
    boolean awaitEnd(Duration patience) throws IOException {
        Optional<ProcessHandle> process = process();
        boolean byItself = process.isEmpty() || hasEnded(process.get(), patience);
        if (!byItself) {
            process.get().destroyForcibly();
            hasEnded(process.get(), patience);
        }
        Files.deleteIfExists(file);
        return byItself;
    }

    private static boolean hasEnded(ProcessHandle process, Duration patience) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        } catch (ExecutionException e) {
            throw new Failure("process " + process.pid() + ": its end cannot be awaited", e);
        }
    }
}
