package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.Stage;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --tasks}. */
final class TaskCount {
    @Option(names = "--tasks", paramLabel = "N", description = "Of each run (default: ${DEFAULT-VALUE}).")
    int tasks;

    TaskCount(int unlessGiven) {
        tasks = unlessGiven;
    }

    void check(Stage stage, Map<String, Object> settings) {
        stage.require("--tasks", tasks, 1, LoadCommand.MOST_TASKS);
        settings.put("tasks", tasks);
    }
}
