package io.leasehold.cli.staying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    private Path directory;

    @Test
    void processIsFoundByItsPidUntilItHasEnded() throws Exception {
        PidFile pid = new PidFile(directory.resolve("sleep.pid"));
        assertThat(pid.isAlive()).isFalse();
        Process sleep = new ProcessBuilder("sleep", "100").start();
        pid.write(sleep.pid());
        assertThat(pid.isAlive()).isTrue();

        pid.terminate();

        assertThat(pid.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(pid.isAlive()).isFalse();
        assertThat(directory.resolve("sleep.pid")).doesNotExist();
    }

    @Test
    void anotherProcessThatGotTheSameNumberIsNotTakenForIt() throws Exception {
        Path file = directory.resolve("other.pid");
        Files.writeString(file, ProcessHandle.current().pid() + "\n1000\n");

        assertThat(new PidFile(file).isAlive()).isFalse();
        assertThat(new PidFile(file).awaitEnd(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void unreadableFileIsNotTakenForNone() throws Exception {
        Path file = directory.resolve("bad.pid");
        Files.writeString(file, "?");

        assertThatThrownBy(() -> new PidFile(file).isAlive())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("expected: a pid and when it started");
    }
}
