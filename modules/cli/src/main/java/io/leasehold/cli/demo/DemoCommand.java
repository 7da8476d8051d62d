package io.leasehold.cli.demo;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Screen;
import io.leasehold.cli.output.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold demo}. */
@Command(
        name = "demo",
        description = {
            "Start a real cluster on this machine (Kafka, ZooKeeper, three coordinators and workers, a process each), hash "
                    + "files as tasks, kill -9 a coordinator and a worker half-way, and check every result.",
            "Takes a minute or two, listens on the loopback address alone and leaves nothing behind. Exit code 1 if "
                    + "anything is not as it must be."
        },
        footer = {"%nExamples:", "  leasehold demo", "  leasehold demo /usr/share/doc --files 1000"})
public final class DemoCommand implements Callable<Integer> {
    private static final int MAX_FILES = 100_000;
    private static final int MAX_WORKERS = 64;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "Whose files are hashed (default: the jars of the local Maven repository).")
    private Path directory;

    @Option(
            names = "--files",
            paramLabel = "N",
            defaultValue = "400",
            description = "How many of them (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Worker processes (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--pace",
            paramLabel = "MS",
            defaultValue = "150",
            description =
                    "How long a task takes at least, so that there is something to see (default: ${DEFAULT-VALUE}).")
    private long paceMs;

    @Option(names = "--keep", description = "Keep the temporary directory, with the logs of all processes.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        require("--files", files, 4, MAX_FILES);
        require("--workers", workers, 2, MAX_WORKERS);
        require("--pace", paceMs, 0, 10_000);
        List<FileTask> chosen = directory == null ? FileChoice.jars(files) : FileChoice.in(directory, files);
        Path temporary = Files.createTempDirectory("leasehold-demo-");
        boolean good = false;
        Thread cleanUp = new Thread(() -> delete(temporary));
        if (!keep) {
            Runtime.getRuntime().addShutdownHook(cleanUp);
        }
        try {
            Figures figures = run(temporary, chosen);
            good = figures.differences().isEmpty();
            print(figures);
        } finally {
            finish(temporary, good, cleanUp);
        }
        return good ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Figures run(Path temporary, List<FileTask> chosen) throws IOException, InterruptedException {
        boolean live = !output.isJson() && Terminal.isInteractive();
        PrintWriter out = output.isJson()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        Screen screen = new Screen(out, live);
        screen.news(chosen.size() + " files; logs in " + temporary);
        try (Demo demo = new Demo(temporary, chosen, workers, paceMs, screen)) {
            Figures figures = demo.run();
            screen.done();
            return figures;
        }
    }

    private void print(Figures figures) {
        if (output.isJson()) {
            output.json(figures);
        } else {
            output.line("");
            output.line(figures.table().toString());
        }
        figures.differences().forEach(difference -> output.warn("difference: " + difference));
    }

    /** What went wrong can be looked into: the directory goes only if all is well, or when the user interrupts. */
    private void finish(Path temporary, boolean good, Thread cleanUp) {
        if (keep) {
            output.warn("Kept " + temporary);
        } else if (!good && Runtime.getRuntime().removeShutdownHook(cleanUp)) {
            output.warn("The logs of all processes are in " + temporary);
        }
    }

    private void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println(directory + " could not be removed: " + e.getMessage());
        }
    }
}
