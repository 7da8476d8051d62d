package io.leasehold.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.api.Json;
import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.Release;
import io.leasehold.cli.Leasehold;
import io.leasehold.embedded.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code leasehold verify}, run as any operator would: it knows nothing of what clients were told, but reads the journal. */
final class SecondJudge {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path directory;
    private final Release release;

    SecondJudge(Path directory) {
        this(directory, Release.present());
    }

    /** One who knows what that release knows. */
    SecondJudge(Path directory, Release release) {
        this.directory = directory;
        this.release = release;
    }

    /**
     * @param said JSON, or what kept it from saying anything
     * @param proven whether every shard's journal was read and breaks nothing
     */
    record Finding(boolean proven, String said) {
        /** In a few words. */
        String summary() {
            try {
                JsonNode verdict = Json.answers().readTree(said);
                long records = 0;
                long leases = 0;
                for (JsonNode shard : verdict.path("shards")) {
                    records += shard.path("counts").path("records").asLong();
                    leases += shard.path("counts").path("leases").asLong();
                }
                return (proven ? "proven" : "NOT PROVEN") + ", " + records + " records with " + leases + " leases of "
                        + verdict.path("shards").size() + " shards read";
            } catch (JsonProcessingException e) {
                return "no answer: " + said;
            }
        }
    }

    Finding judge(ChaosCluster cluster) throws IOException {
        Path output = Files.createTempFile(directory, "verify-", ".json");
        try (ChildJvm verify = ChildJvm.of(Leasehold.class.getName())
                .classPath(release.classPath())
                .jvmOptions("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .args(List.of(
                        "verify",
                        "--bootstrap-servers",
                        cluster.brokers().bootstrapServers(),
                        "--from",
                        "beginning",
                        "--inbox",
                        "--ended",
                        "--max-expiries",
                        Integer.toString(ChaosCluster.MAX_EXPIRIES),
                        "--output",
                        "json"))
                .logFile(directory.resolve("verify.log"))
                .outputFile(output)
                .start()) {
            boolean ended = verify.awaitExit(PATIENCE);
            String said = Files.readString(output).strip();
            boolean proven = ended && verify.process().exitValue() == 0;
            return new Finding(proven, said.isEmpty() ? verify.logTail(10) : said);
        }
    }
}
