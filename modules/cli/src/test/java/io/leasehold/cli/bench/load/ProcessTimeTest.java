package io.leasehold.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProcessTimeTest {
    private static final long OWN = ProcessHandle.current().pid();

    @Test
    void timeOfCompilersAndCollectorsIsToldApart() {
        assumeThat(Files.exists(Path.of("/proc/self/task"))).isTrue();
        ProcessTime before = ProcessTime.of(OWN, 1);

        // The clock of /proc goes by hundredths of a second.
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    System.gc();
                    return ProcessTime.of(OWN, 1).since(before).gc() > 0;
                });
        ProcessTime now = ProcessTime.of(OWN, 3);
        assertThat(now.jit()).isPositive();
        assertThat(now.since(before).seconds()).isEqualTo(2);
        assertThat(now.since(before).jit()).isNotNegative();
    }

    @Test
    void whatIsNotToldIsNoFigure() {
        ProcessTime gone = ProcessTime.of(Integer.MAX_VALUE, 1);

        assertThat(new Figures().put("jit", gone.jit()).values()).isEmpty();
    }
}
