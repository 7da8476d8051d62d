package io.leasehold.cli.demo;

import io.leasehold.cli.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Picks the files of a directory, spread evenly over all of its tree. */
final class FileChoice {
    private static final int EVERY_FLAKY = 20;
    private static final int EVERY_DEADLINE = 10;

    private FileChoice() {}

    /** The jars of the local Maven repository. */
    static List<FileTask> jars(int count) {
        Path repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
        return among(repository, count, file -> file.getFileName().toString().endsWith(".jar"));
    }

    static List<FileTask> in(Path directory, int count) {
        return among(directory, count, file -> true);
    }

    private static List<FileTask> among(Path directory, int count, Predicate<Path> wanted) {
        List<Path> all = walk(directory.toAbsolutePath().normalize(), wanted);
        if (all.isEmpty()) {
            throw new Failure(directory + ": no files (expected: a directory with readable files, given as DIR)");
        }
        int chosen = Math.min(count, all.size());
        List<FileTask> tasks = new ArrayList<>(chosen);
        for (int i = 0; i < chosen; i++) {
            tasks.add(task(i, all.get((int) ((long) i * all.size() / chosen))));
        }
        return tasks;
    }

    private static List<Path> walk(Path directory, Predicate<Path> wanted) {
        if (!Files.isDirectory(directory)) {
            throw new Failure(directory + ": not a directory (expected: one with readable files, given as DIR)");
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(Files::isReadable)
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(directory + " cannot be read whole: " + e.getMessage(), e);
        }
    }

    private static FileTask task(int i, Path path) {
        try {
            String id = "file-" + (i + 1);
            return new FileTask(id, path, Files.size(path), i % EVERY_FLAKY == 3, i % EVERY_DEADLINE == 5);
        } catch (IOException e) {
            throw new Failure(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
