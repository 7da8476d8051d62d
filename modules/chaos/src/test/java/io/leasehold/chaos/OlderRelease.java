package io.leasehold.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.chaos.cluster.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A release of long ago, as it was: built by Maven from this repository's own history, outside of this tree, with the
 * libraries that it named. Its jars are kept under {@code target}, so that it is built once.
 */
final class OlderRelease {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path ROOT = MODULE.resolve("../..").normalize();
    private static final long BUILD_MINUTES = 10;

    /** What is built of it: no tests, and of the modules' own files no more than what is compiled or packed. */
    private static final List<String> SOURCES =
            List.of("pom.xml", ":(glob)modules/*/pom.xml", ":(glob)modules/*/src/main/**");

    private final String commit;

    private OlderRelease(String commit) {
        this.commit = commit;
    }

    /** The commit's; the test is skipped, and says why, where the repository's history does not reach back to it. */
    static Release ofCommit(String commit) throws IOException, InterruptedException {
        return new OlderRelease(commit).release();
    }

    private Release release() throws IOException, InterruptedException {
        Path jars = MODULE.resolve("target/older-releases").resolve(commit);
        if (!Files.isDirectory(jars)) {
            assumeHistory();
            build(jars);
        }
        return new Release(commit, jars.resolve("*").toString(), List.of());
    }

    private void assumeHistory() throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(ROOT.resolve(".git")),
                "skipped: " + ROOT + " has no git history (a source archive?), so that release " + commit
                        + " cannot be built");
        Ran found = run(git("cat-file", "-t", commit));
        assumeTrue(
                found.exitCode == 0,
                "skipped: the git history of " + ROOT + " does not reach back to release " + commit
                        + " (a shallow clone? git fetch --unshallow): " + found.said);
    }

    /** Jars appear in their place all together, or not at all. */
    private void build(Path jars) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("leasehold-" + commit + "-");
        try {
            Path archive = directory.resolve("sources.tar");
            List<String> export = new ArrayList<>(git("archive", "--output", archive.toString(), commit, "--"));
            export.addAll(SOURCES);
            require(run(export));
            Path tree = Files.createDirectories(directory.resolve("tree"));
            require(run(List.of("tar", "-xf", archive.toString(), "-C", tree.toString())));
            require(run(maven(tree)));
            publish(tree.resolve("modules/cli/target"), jars);
        } finally {
            Scratch.delete(directory);
        }
    }

    private static List<String> git(String... arguments) {
        // The tree may belong to another user, as it does in a container: what is read here is our own history all the
        // same.
        List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-C", ROOT.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** With the Maven and the local repository that this build has. */
    private static List<String> maven(Path tree) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
        command.add("-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
        command.addAll(List.of(
                "--quiet",
                "--batch-mode",
                "--threads",
                "2",
                "-DskipTests",
                "-Dspotless.check.skip=true",
                "-Dassembly.skipAssembly=true",
                "--file",
                tree.toString(),
                "--projects",
                "modules/cli",
                "--also-make",
                "package"));
        return command;
    }

    private static void publish(Path target, Path jars) throws IOException {
        Path draft = Files.createDirectories(jars.resolveSibling(jars.getFileName() + ".draft"));
        try (Stream<Path> libraries = Files.list(target.resolve("lib"));
                Stream<Path> own = Files.list(target)) {
            List<Path> all = Stream.concat(libraries, own)
                    .filter(path -> path.toString().endsWith(".jar"))
                    .toList();
            for (Path jar : all) {
                Files.copy(jar, draft.resolve(jar.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(draft, jars);
    }

    private record Ran(List<String> command, int exitCode, String said) {}

    private static Ran run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES))
                .as("%s ended", command)
                .isTrue();
        return new Ran(command, process.exitValue(), said);
    }

    private static void require(Ran ran) {
        assertThat(ran.exitCode)
                .as("exit code of %s, which said:%n%s", ran.command, ran.said)
                .isZero();
    }
}
