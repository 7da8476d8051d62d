package io.leasehold.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** A directory that keeps a server's data, and what it chose when it first ran: later runs choose the same. */
record DataDirectory(Path path) {

    /** The port in the named file; the first time a free one is taken. A {@code wanted} port other than 0 goes first. */
    int port(String name, int wanted) throws IOException {
        if (wanted != 0) {
            return wanted;
        }
        String text = value(name, () -> Integer.toString(FreePort.take()));
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw new IOException(path.resolve(name) + ": " + text + " (expected: a port, 1 to 65535)");
        }
        return Integer.parseInt(text);
    }

    /** The text in the named file; the first time, what the supplier says is written there. */
    String value(String name, Supplier<String> first) throws IOException {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            write(name, first.get());
        }
        return Files.readString(file).strip();
    }

    /** Writes the named file whole or not at all. */
    Path write(String name, String text) throws IOException {
        Files.createDirectories(path);
        Path file = path.resolve(name);
        Path draft = path.resolve(name + ".draft");
        Files.writeString(draft, text);
        return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
