package io.leasehold.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.chaos.fault.FaultKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of fault once, on real processes. In the profile {@code chaos} alone. */
@Tag("long")
@Timeout(900)
class ChaosIT {
    private static final int WORKERS = 16;
    private static final int RATE = 16;
    private static final double MINUTES = 0.8;

    private final long seed = new Random().nextInt(1_000_000);

    @TempDir
    Path directory;

    @Test
    void everyKindOfFaultBreaksNothingWithOneBroker() throws Exception {
        assertAllIsWell(
                1,
                Possible.of(List.of(FaultKind.values()), directory, ChaosIT::say).stream()
                        .filter(kind -> !kind.isLast())
                        .toArray(FaultKind[]::new));
    }

    @Test
    void faultsOfTheLogAndOfZooKeeperBreakNothingWithThreeOfEach() throws Exception {
        assertAllIsWell(
                3,
                FaultKind.BROKER_KILL,
                FaultKind.BROKER_PAUSE,
                FaultKind.BROKERS_RESTART,
                FaultKind.ZOOKEEPER_DOWN,
                FaultKind.ZOOKEEPER_WIPED,
                FaultKind.COORDINATOR_KILL);
    }

    @Test
    void recordsDeletedFromOutsideLoseNothingOrStopTheirShardLoudly() throws Exception {
        assertAllIsWell(1, FaultKind.RECORDS_DELETED);
    }

    @Test
    void aJournalMadeAnewStopsItsShardsLoudly() throws Exception {
        assertAllIsWell(1, FaultKind.TOPIC_RECREATED);
    }

    private void assertAllIsWell(int servers, FaultKind... kinds) throws Exception {
        say("seed " + seed + ": " + Arrays.toString(kinds));
        ChaosOptions options =
                new ChaosOptions(seed, MINUTES, servers, servers, WORKERS, RATE, 0, true, List.of(kinds));
        try (ChaosRun run = new ChaosRun(options, directory.resolve("run"), ChaosIT::say)) {
            Outcome outcome = run.run();
            say(outcome.text());
            assertThat(outcome.verdict().violations()).isEmpty();
            assertThat(outcome.failures()).isEmpty();
            assertThat(outcome.verdict().counts().get("acknowledged")).isPositive();
        }
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
