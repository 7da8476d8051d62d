package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The script, in a copy of the tree as it is installed: with its jars beside it, so that nothing is built. */
@Timeout(60)
class ScriptIT {
    private static final Path MODULE = Path.of("").toAbsolutePath();

    private Path directory;
    private Path script;

    @BeforeEach
    void install() throws IOException {
        directory = Files.createDirectories(MODULE.resolve("target/script-tests/" + UUID.randomUUID()));
        Path home = Files.createDirectories(directory.resolve("some where").resolve("leasehold"));
        Path lib = Files.createDirectories(home.resolve("lib"));
        try (Stream<Path> jars = Stream.concat(
                Files.list(MODULE.resolve("target/lib")),
                Files.list(MODULE.resolve("target"))
                        .filter(path -> path.toString().endsWith(".jar")))) {
            for (Path jar : jars.toList()) {
                Files.createLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        Files.createDirectories(home.resolve("scripts"));
        script = Files.copy(MODULE.resolve("../../scripts/leasehold"), home.resolve("scripts/leasehold"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        Ended ended = run(directory, script, "submit", "--priority", "a  b \"$HOME\" * 'x'");

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).contains("'a  b \"$HOME\" * 'x''");
    }

    @Test
    void exitCodesArePassedOn() throws Exception {
        assertThat(run(directory, script, "--version").exitCode).isZero();
        assertThat(run(directory, script, "queues", "--url", "http://127.0.0.1:1").exitCode)
                .isEqualTo(1);
        assertThat(run(directory, script, "nonsense").exitCode).isEqualTo(2);
    }

    @Test
    void itRunsFromAnyDirectoryAndThroughLinks() throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Path link =
                Files.createSymbolicLink(elsewhere.resolve("lh"), Path.of("../some where/leasehold/scripts/leasehold"));

        Ended ended = run(elsewhere, link, "--version");

        assertThat(ended.output).startsWith("leasehold 0.");
        assertThat(ended.exitCode).isZero();
    }

    private record Ended(int exitCode, String output) {}

    private static Ended run(Path workingDirectory, Path script, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
