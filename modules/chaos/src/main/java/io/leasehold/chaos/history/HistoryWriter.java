package io.leasehold.chaos.history;

import io.leasehold.api.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Appends events to one file. Safe for any thread; when a method returns, the line outlives this process. */
public final class HistoryWriter implements AutoCloseable {
    private final FileOutputStream file;

    private HistoryWriter(FileOutputStream file) {
        this.file = file;
    }

    /** A new part of the history in the directory. */
    public static HistoryWriter create(Path directory, String part) throws IOException {
        Files.createDirectories(directory);
        return new HistoryWriter(
                new FileOutputStream(directory.resolve(part + ".jsonl").toFile(), true));
    }

    public void write(Event event) {
        byte[] json = Json.write(event);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        try {
            synchronized (this) {
                file.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
