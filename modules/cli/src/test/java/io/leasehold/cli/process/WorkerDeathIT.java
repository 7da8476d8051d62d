package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Task;
import io.leasehold.api.TaskView;
import io.leasehold.embedded.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerDeathIT {
    private static final String QUEUE = "death";
    private static Pair pair;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        pair = Pair.shared();
    }

    @Test
    void killedWorkersTaskRunsAgainElsewhereWithEverythingKept() throws IOException {
        Wire wire = Wire.to(pair.alive().get(0));
        Instant deadline = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        assertThat(wire.submit(Task.of(QUEUE, "resize", Map.of("n", 7))
                        .id("death-1")
                        .priority(5)
                        .deadline(deadline)
                        .lease(Duration.ofSeconds(2))))
                .isTrue();

        Path started = directory.resolve("started");
        ChildJvm first = worker("first", "touch " + started + "; exec sleep 20");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(started));
        first.kill();
        ChildJvm second = worker("second", "printf '%s %s %s ' $LEASEHOLD_ID $LEASEHOLD_ATTEMPT $LEASEHOLD_TYPE; cat");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> "completed".equals(wire.get("death-1").state()));
        second.close();

        TaskView task = wire.get("death-1");
        assertThat(task.result()).hasToString("\"death-1 2 resize {\\\"n\\\":7}\"");
        assertThat(task.expiries()).isEqualTo(1);
        assertThat(task.failures()).isZero();
        assertThat(task.priority()).isEqualTo(5);
        assertThat(task.deadline()).isEqualTo(deadline.toEpochMilli());
    }

    @Test
    void cancelledTasksCommandIsKilled() throws IOException {
        Wire wire = Wire.to(pair.alive().get(0));
        Path pid = directory.resolve("pid");
        assertThat(wire.submit(Task.of(QUEUE, 1).id("death-2").lease(Duration.ofSeconds(2))))
                .isTrue();
        try (ChildJvm worker = worker("third", "echo $$ > " + pid + "; exec sleep 300")) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pid) && Files.size(pid) > 1);
            ProcessHandle command = ProcessHandle.of(
                            Long.parseLong(Files.readString(pid).strip()))
                    .orElseThrow();

            wire.cancel("death-2");

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !command.isAlive());
            assertThat(wire.get("death-2").state()).isEqualTo("cancelled");
            assertThat(worker.isAlive()).isTrue();
        }
    }

    @Test
    void exitCodesDecideAndStandardErrorIsTheError() throws IOException {
        Wire wire = Wire.to(pair.alive().get(0));
        for (int code : new int[] {0, 3, 75}) {
            assertThat(wire.submit(Task.of(QUEUE, code).id("exit-" + code).maxAttempts(1)))
                    .isTrue();
        }
        try (ChildJvm worker = worker("fourth", "read code; echo said so >&2; exit $code")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(wire.get("exit-0").state()
                                    + wire.get("exit-3").state()
                                    + wire.get("exit-75").state())
                            .isEqualTo("completeddeaddead"));
            assertThat(worker.isAlive()).isTrue();
        }
        assertThat(wire.get("exit-3").error()).isEqualTo("exit code 3: said so");
        assertThat(wire.get("exit-3").cause()).isEqualTo("attempts-exhausted");
    }

    private ChildJvm worker(String name, String command) throws IOException {
        return Cli.start(
                directory.resolve(name + ".log"),
                "worker",
                "--url",
                pair.alive().get(0).url().toString(),
                "--id",
                name,
                "--queue",
                QUEUE,
                "--exec",
                command);
    }
}
