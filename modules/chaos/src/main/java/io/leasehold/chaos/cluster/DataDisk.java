package io.leasehold.chaos.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file system of its own, in memory, that can be filled to the last byte. Needs root. Not thread-safe. */
public final class DataDisk implements AutoCloseable {
    private static final String SIZE = "384m";
    private static final int CHUNK = 1 << 20;

    private final Path path;
    private boolean mounted = true;

    private DataDisk(Path path) {
        this.path = path;
    }

    /** Whether this process may mount file systems; tried once. */
    public static boolean isPossible(Path scratch) {
        try {
            mount(scratch.resolve("mount-test")).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A new, empty disk at the path. It is gone, with all that is on it, when it is closed. */
    static DataDisk mount(Path path) throws IOException {
        Files.createDirectories(path);
        run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", path.toString());
        return new DataDisk(path);
    }

    /** Fills it: from now on nothing can be written to it. */
    public void fill() throws IOException {
        for (int size = CHUNK; size >= 1; size /= 16) {
            append(new byte[size]);
        }
    }

    /** Gives back what {@link #fill} took. */
    public void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    @Override
    public void close() {
        if (!mounted) {
            return;
        }
        mounted = false;
        try {
            run("umount", "-l", path.toString());
        } catch (IOException e) {
            System.err.println(path + " stays mounted: " + e.getMessage());
        }
    }

    private void append(byte[] chunk) {
        try (OutputStream out = Files.newOutputStream(
                filler(), java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException e) {
            // full
        }
    }

    private Path filler() {
        return path.resolve("filler");
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
