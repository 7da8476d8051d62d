package io.leasehold.cli.process;

import io.leasehold.cli.Leasehold;
import io.leasehold.embedded.ChildJvm;
import io.leasehold.embedded.ChildJvmBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Runs the program as a process of its own. */
final class Cli {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Cli() {}

    /** What a run that ended left behind. */
    record Ended(int exitCode, String out, String err) {}

    /** Starts a command that stays; what it prints goes to files beside its log. */
    static ChildJvm start(Path log, String... args) throws IOException {
        return builder(log, args).start();
    }

    /** Runs a command to its end. */
    static Ended run(Path directory, String... args) throws IOException {
        Path out = Files.createTempFile(directory, "out-", ".txt");
        Path err = Files.createTempFile(directory, "err-", ".txt");
        try (ChildJvm child =
                builder(err, args).outputFile(out).endsWithParent(false).start()) {
            if (!child.awaitExit(PATIENCE)) {
                throw new AssertionError(String.join(" ", args) + " did not end");
            }
            return new Ended(
                    child.process().exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        }
    }

    private static ChildJvmBuilder builder(Path log, String... args) {
        return ChildJvm.of(Leasehold.class.getName())
                .jvmOptions("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .args(args)
                .logFile(log);
    }
}
