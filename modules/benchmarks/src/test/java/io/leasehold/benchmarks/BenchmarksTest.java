package io.leasehold.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksTest {
    private static final int BENCHMARKS = 13;

    @Test
    void eachBenchmarkRuns() throws Exception {
        var results = new Runner(new OptionsBuilder()
                        .include("io.leasehold.benchmarks")
                        .param("tasks", "200")
                        .param("coordinators", "3")
                        .param("are", "ended")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(20))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();

        assertThat(results).hasSize(BENCHMARKS);
    }
}
