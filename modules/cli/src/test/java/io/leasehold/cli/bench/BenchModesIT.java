package io.leasehold.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leasehold.cli.local.LocalCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Each mode once with a handful of tasks: that it runs, and that its document has the figures. How high they are is not asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchModesIT {
    private static LocalCluster cluster;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        cluster = new LocalCluster(directory, Map.of());
        cluster.start();
        var coordinator = cluster.launch("c1", Map.of());
        coordinator.awaitReady();
        url = coordinator.url().toString();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
        "submit --tasks 500, tasks_per_second",
        "submit --tasks 500 --via kafka, durable_per_second",
        "drain --tasks 500 --verify, inversions",
        "mix --tasks 500 --runs 2, submit_seconds",
        "single --tasks 100, tasks_per_second",
        "latency --rate 100 --seconds 1, p99_ms",
        "latency --rate 100 --seconds 1 --plain-workers, p99_ms",
        "idle --workers 100 --seconds 1 --settle-seconds 1, journal_ticks_per_second",
        "order --tasks 50, inversions"
    })
    void loadOnAClusterThatIsThereGivesFigures(String line, String figure) throws Exception {
        JsonNode document = document(
                line + " --warm-up 100 --batch 50 --url " + url + " --bootstrap-servers " + cluster.bootstrapServers());

        assertThat(document.path("median").path(figure).isNumber())
                .as("%s", document)
                .isTrue();
        assertThat(document.path("runs").size()).isEqualTo(line.contains("--runs 2") ? 2 : 1);
        assertThat(document.path("verified").asText()).isEqualTo(line.contains("--verify") ? "proven" : "");
        assertThat(document.path("versions").path("kafka").asText()).matches("[0-9.]+");
    }

    @Test
    void backlogTellsMemoryAndFlatness() throws Exception {
        JsonNode document = document(
                "backlog --queued 3000 --few 500 --tasks 500 --warm-up 100 --batch 50 --heap 256m --broker-heap 256");

        assertThat(document.path("median").path("heap_bytes_per_task").isNumber())
                .isTrue();
        assertThat(document.path("median").path("many_over_few").asDouble()).isPositive();
        assertThat(document.path("median").path("many.cpu_us_per_task.broker").isNumber())
                .isTrue();
    }

    @Test
    void replayBringsBackAllTasks() throws Exception {
        JsonNode document = document("replay --tasks 2000 --warm-up 100 --batch 50 --heap 256m --broker-heap 256");

        assertThat(document.path("median").path("replay_seconds").asDouble()).isPositive();
    }

    @Test
    void compareGoesThroughItsPhasesWithEachSystemThatIsThere() throws Exception {
        JsonNode document = document("compare --tasks 300 --single-tasks 40 --rate 50 --seconds 1 --warm-up 50 "
                + "--batch 50 --workers 2 --heap 256m --broker-heap 256");

        for (String phase : List.of("submit", "drain", "mix", "single", "latency")) {
            String figure = phase + ".cpu_us_per_task";
            assertThat(document.path("ratios").path("share group").path(figure).asDouble())
                    .as(figure)
                    .isPositive();
        }
        assertThat(document.path("systems").has("beanstalkd"))
                .isNotEqualTo(document.path("absent").has("beanstalkd"));
    }

    private static JsonNode document(String line) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--output", "json"));
        int code = new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words.toArray(String[]::new));
        assertThat(code).as("%s: %s", line, err).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
