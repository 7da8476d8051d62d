package io.leasehold.chaos.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process's wall clock that can be set off by any amount while the process runs, by libfaketime. Its monotonic clock is
 * left alone.
 */
public final class FakeClock {
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib64/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/faketime/libfaketime.so.1"));

    private final Path library;
    private final Path offset;

    private FakeClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** A clock that is right, its offset kept in the file; empty if libfaketime is not installed. */
    public static Optional<FakeClock> in(Path file) throws IOException {
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        if (library.isEmpty()) {
            return Optional.empty();
        }
        FakeClock clock = new FakeClock(library.get(), file.toAbsolutePath());
        clock.set(Duration.ZERO);
        return Optional.of(clock);
    }

    /** Heard by a running process within a second. */
    public void set(Duration off) throws IOException {
        Path draft = offset.resolveSibling(offset.getFileName() + ".draft");
        Files.createDirectories(offset.getParent());
        Files.writeString(draft, (off.isNegative() ? "-" : "+") + off.abs().toSeconds() + "\n");
        Files.move(draft, offset, StandardCopyOption.ATOMIC_MOVE);
    }

    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // By itself libfaketime shifts timed waits on the monotonic clock too, and they return at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }
}
