package io.leasehold.cli.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TableCommandTest {
    @TempDir
    private Path directory;

    @Test
    void ratiosAreThoseOfEachRunAndDisturbancesTheLargestOfThePhase() throws Exception {
        Files.writeString(directory.resolve("batched.json"), """
                {"systems": {
                  "leasehold": {"runs": [{"drain.tasks_per_second": 100000, "drain.other_cores": 0.1},
                                         {"drain.tasks_per_second": 60000, "drain.other_cores": 0.2}]},
                  "beanstalkd": {"runs": [{"drain.tasks_per_second": 25000, "drain.other_cores": 0.3, "mix.other_cores": 1.5},
                                          {"drain.tasks_per_second": 10000}]}}}""");

        assertThat(lines())
                .contains("| drain, batched: tasks/s | 80,000 (60,000 to 100,000) | 17,500 (10,000 to 25,000) |  "
                        + "| 5.0 (4.0 to 6.0) |  | 0.300 |");
    }

    @Test
    void documentsOfOneRunEachAreTakenTogetherAndWhatIsMissingIsSaid() throws Exception {
        for (int run = 1; run <= 3; run++) {
            Files.writeString(
                    directory.resolve("backlog-1000000." + run + ".json"),
                    "{\"runs\": [{\"many_over_few\": 0." + run + "}]}");
        }
        Files.writeString(directory.resolve("shards-16.json"), "{\"runs\": [{\"cpu_us_per_task\": 20}]}");
        Files.writeString(directory.resolve("shards-2.json"), "{\"runs\": [{\"cpu_us_per_task\": 10}]}");

        assertThat(lines())
                .contains("| throughput at 1 M queued over 10,000 queued | 0.200 (0.100 to 0.300) |  |  |  |  |  |")
                .contains("| replay of 1 M live tasks: s | not measured |  |  |  |  |  |")
                .containsSubsequence(
                        "| mix, shards 2: CPU per task, us | 10.0 |  |  |  |  |  |",
                        "| mix, shards 16: CPU per task, us | 20.0 |  |  |  |  |  |");
    }

    private List<String> lines() {
        StringWriter out = new StringWriter();
        int code =
                new CommandLine(new TableCommand()).setOut(new PrintWriter(out)).execute(directory.toString());
        assertThat(code).isZero();
        return out.toString().lines().toList();
    }
}
