package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.Stage;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --workers}. */
final class WorkerCount {
    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "8",
            description = "Workers, each with a name of its own, all in this process (default: ${DEFAULT-VALUE}).")
    int workers;

    void check(Stage stage, Map<String, Object> settings) {
        stage.require("--workers", workers, 1, 10_000);
        settings.put("workers", workers);
    }
}
