package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.embedded.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster that goes on when the command that started it has ended, scaled and stopped by other commands. */
@Timeout(480)
class LocalIT {
    private Path directory;
    private Path place;
    private String url;

    @BeforeEach
    void place() throws Exception {
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "process-tests")), "local-")
                .toAbsolutePath();
        place = directory.resolve("cluster");
    }

    @AfterEach
    void endAll() throws Exception {
        for (long pid : pids()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void clusterIsStartedScaledUpAndDownAndStopped() throws Exception {
        int port = FreePort.take();
        url = "http://127.0.0.1:" + port;
        run(
                "start",
                "--coordinators",
                "1",
                "--port",
                Integer.toString(port),
                "--kafka-port",
                Integer.toString(FreePort.take()),
                "--zookeeper-port",
                Integer.toString(FreePort.take()));
        assertThat(status()).contains("c1", "active");

        assertThat(run("scale", "2")).contains("would go from 1 coordinators [c1] to 2");
        assertThat(run("scale", "2", "--execute")).contains("2 coordinators: [c1, c2]");
        assertThat(status()).contains("c2");
        assertThat(run("rolling-restart", "--execute")).contains("restarted [c1, c2]");
        assertThat(run("scale", "1", "--execute", "-o", "json")).contains("\"to\":[\"c1\"]");
        assertThat(status()).doesNotContain("c2").doesNotContain("drained");

        List<Long> running = pids();
        assertThat(running).hasSize(3);
        run("stop");
        assertThat(running).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThat(run("stop")).contains("nothing runs in");
    }

    private List<Long> pids() throws Exception {
        List<Long> pids = new ArrayList<>();
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.list(place)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".pid")).toList()) {
                    pids.add(Long.parseLong(Files.readAllLines(file).get(0)));
                }
            }
        }
        return pids;
    }

    private String status() throws Exception {
        return ended("status", "--url", url);
    }

    private String run(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("local"));
        all.addAll(List.of(args));
        all.addAll(List.of("--directory", place.toString()));
        return ended(all.toArray(String[]::new));
    }

    private String ended(String... args) throws Exception {
        Cli.Ended ended = Cli.run(directory, args);
        assertThat(ended.exitCode())
                .as("%s %s %s", List.of(args), ended.out(), ended.err())
                .isZero();
        return ended.out();
    }
}
