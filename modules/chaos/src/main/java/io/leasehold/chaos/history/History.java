package io.leasehold.chaos.history;

import io.leasehold.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a history back. */
public final class History {
    private History() {}

    /** All events of all parts in the directory; those of one part are in the order in which they were written. */
    public static List<Event> read(Path directory) throws IOException {
        List<Event> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                readPart(file, events);
            }
        }
        return events;
    }

    /** A line that its writer was killed in the midst of has no end and was not yet acted on: it is left out. */
    private static void readPart(Path file, List<Event> events) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            events.add(Json.readAnswer(text.substring(from, end).getBytes(StandardCharsets.UTF_8), Event.class));
            from = end + 1;
        }
    }
}
