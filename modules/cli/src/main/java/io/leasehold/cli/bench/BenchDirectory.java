package io.leasehold.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --directory}; without it, a temporary one that goes with this process. */
public final class BenchDirectory {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where data and logs go, and stay; it must be empty (default: a temporary one).")
    private Path given;

    public Path make() throws IOException {
        if (given == null) {
            Path temporary = Files.createTempDirectory("leasehold-bench-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(temporary)));
            return temporary;
        }
        Files.createDirectories(given);
        try (Stream<Path> inside = Files.list(given)) {
            if (inside.findAny().isPresent()) {
                throw new ParameterException(
                        spec.commandLine(), "--directory: " + given + " (expected: an empty directory)");
            }
        }
        return given.toAbsolutePath();
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
