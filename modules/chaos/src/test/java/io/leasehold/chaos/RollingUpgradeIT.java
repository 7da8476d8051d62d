package io.leasehold.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.Release;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.judge.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three coordinators of an older release become this one's, one after the other and not without going back, under load and
 * with {@code kill -9} in between. Real processes, each with the jars of its release.
 */
@Timeout(600)
class RollingUpgradeIT {
    /** The last one whose owners know no facts and no rules but those of fold version 2. */
    private static final String OLD = "9cb2e23";

    private static final int OLD_FOLD_VERSION = 2;

    /**
     * Longer than a coordinator of the old release is away from the map while all others are new, and the machine busy; so
     * only the one that steps are taken with is.
     */
    private static final long SETTLE_MS = 15_000;

    private static final long HISTORY_MS = TimeUnit.DAYS.toMillis(1);

    private final long seed = new Random().nextInt(1_000_000);
    private final Release present = Release.present().with("upgrade.settle.ms", Long.toString(SETTLE_MS));
    private Release old;

    /** Kept if the test fails, for {@code scripts/chaos --judge} and whoever reads logs. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @BeforeAll
    static void silenceClients() {
        ChaosCommand.silenceClients();
    }

    @BeforeEach
    void build() throws Exception {
        long startedNs = System.nanoTime();
        old = OlderRelease.ofCommit(OLD);
        say("release " + OLD + " is there after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs)
                + " ms");
    }

    @Test
    void anUpgradeThatWentBackOnceLosesNothing() throws Exception {
        assertNothingIsLost(4, upgrade -> {
            upgrade.roll(0, present);
            upgrade.kill(1);
            upgrade.roll(0, old);
            upgrade.roll(0, present);
            upgrade.roll(1, present);
            upgrade.kill(0);
            assertTheOldReleaseCouldGoOn(upgrade);
            upgrade.roll(2, present);
            upgrade.kill(1);
        });
    }

    /** With a rolling restart of the new release alone at the end, for comparison. */
    @Test
    @Tag("long")
    void anUpgradeThatWentBackStepByStepWithAKillAtEachLosesNothing() throws Exception {
        assertNothingIsLost(16, upgrade -> {
            int[][] steps = {{0, 1}, {1, 2}, {1, 0}, {0, 2}, {0, 1}, {1, 0}, {2, 1}};
            Release[] releases = {present, present, old, old, present, present, present};
            for (int i = 0; i < steps.length; i++) {
                if (i == steps.length - 1) {
                    assertTheOldReleaseCouldGoOn(upgrade);
                }
                upgrade.roll(steps[i][0], releases[i]);
                upgrade.kill(steps[i][1]);
            }
            say("for comparison, a rolling restart of the present release alone:");
            for (int c = 0; c < ChaosCluster.COORDINATORS; c++) {
                upgrade.roll(c, present);
            }
        });
    }

    private interface Steps {
        void run(Upgrade upgrade) throws Exception;
    }

    private void assertNothingIsLost(int rate, Steps steps) throws Exception {
        say("seed " + seed + "; logs and history in " + directory + ", kept if the test fails");
        Path run = Files.createDirectories(directory.resolve("run"));
        ChaosCluster cluster = new ChaosCluster(run, 1, 1, false, HISTORY_MS);
        cluster.coordinators().forEach(node -> node.runs(old));
        try (LoadedCluster loaded =
                new LoadedCluster(cluster, new LoadedCluster.Load(seed, 2 * rate, 2, 4), run, RollingUpgradeIT::say)) {
            loaded.start();
            Upgrade upgrade = new Upgrade(loaded, RollingUpgradeIT::say);
            steps.run(upgrade);
            List<Event> events = loaded.end();
            Verdict verdict = loaded.judge(events);
            say("tasks " + verdict.counts() + ", given out again " + verdict.redeliveries());
            assertThat(verdict.violations()).isEmpty();
            assertThat(verdict.counts().get("acknowledged")).isPositive();
            upgrade.awaitFoldVersion();
            assertThat(upgrade.missing()).as("what keeps the cluster from rest").isNull();
            assertThat(cluster.coordinators())
                    .allSatisfy(node -> assertThat(node.endedByItself())
                            .as(node.id() + " ended by itself")
                            .isZero());
            assertProven(present, cluster);
        }
    }

    /** While one coordinator is left of the old release, nothing may stand in the journal that it does not know. */
    private void assertTheOldReleaseCouldGoOn(Upgrade upgrade) throws Exception {
        assertThat(FoldVersions.newest(upgrade.cluster().brokers().bootstrapServers()))
                .hasSize(ChaosCluster.SHARDS)
                .allSatisfy((shard, version) ->
                        assertThat(version).as("fold version of shard " + shard).isLessThanOrEqualTo(OLD_FOLD_VERSION));
        assertProven(old, upgrade.cluster());
    }

    private void assertProven(Release release, ChaosCluster cluster) throws Exception {
        SecondJudge.Finding finding = new SecondJudge(directory, release).judge(cluster);
        say("leasehold verify of release " + release.name() + ": " + finding.summary());
        assertThat(finding.proven()).as(finding.said()).isTrue();
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
