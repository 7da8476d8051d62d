package io.leasehold.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CommandIT {
    @TempDir
    private Path directory;

    @Test
    void thePayloadComesOnStandardInputAndTheOutputIsTheResult() throws Exception {
        Command.Ended ended = run("tr a-z A-Z", "quiet");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).asString(StandardCharsets.UTF_8).isEqualTo("QUIET");
    }

    @Test
    void theEnvironmentIsHandedOver() throws Exception {
        Command.Ended ended = Command.start("echo \"$LEASEHOLD_ID\"", Map.of("LEASEHOLD_ID", "a b"))
                .run(new byte[0]);

        assertThat(ended.output()).asString(StandardCharsets.UTF_8).isEqualTo("a b\n");
    }

    @Test
    void aCommandThatDoesNotReadItsInputIsNoFault() throws Exception {
        assertThat(run("exit 0", "x".repeat(1 << 20)).exitCode()).isZero();
    }

    @Test
    void theExitCodeAndTheEndOfStandardErrorAreKept() throws Exception {
        Command.Ended ended = run("seq 1 100000 >&2; echo the end >&2; exit 3", "");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.errorTail()).endsWith("100000\nthe end").hasSizeLessThanOrEqualTo(4096);
    }

    @Test
    void outputBeyondTheLimitIsDroppedAndToldNotWaitedFor() throws Exception {
        Command.Ended ended = run("head -c 10000000 /dev/zero", "");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.overflowed()).isTrue();
        assertThat(ended.output()).hasSize(64 * 1024);
    }

    @Test
    void killingEndsTheChildrenToo() throws Exception {
        Path pid = directory.resolve("pid");
        Command command = Command.start("sh -c 'echo $$ > " + pid + "; sleep 300; true'; true", Map.of());
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> Files.exists(pid) && Files.size(pid) > 1);
        long grandchild = Long.parseLong(Files.readString(pid).strip());

        command.kill();

        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> ProcessHandle.of(grandchild)
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
        assertThat(command.run(new byte[0]).exitCode()).isNotZero();
    }

    private static Command.Ended run(String command, String payload) throws Exception {
        return Command.start(command, Map.of()).run(payload.getBytes(StandardCharsets.UTF_8));
    }
}
