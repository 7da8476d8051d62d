package io.leasehold.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final List<Event> EVENTS = List.of(
            new Event.Submitting("a", "http", 1, 2, 3L, null, 4, 5),
            new Event.Granted("w", "a", "k1.0.7.mac", 7, 1, 1_000, 0, 8, 9, 10),
            new Event.Reporting("k1.0.7.mac", "success", true, null, "{\"n\":1}", 11),
            new Event.Silenced(List.of("w."), 12),
            new Event.Ended("a", 0, 1, "completed", "succeeded", 0, 0, "{\"n\":1}"));

    @TempDir
    Path directory;

    @Test
    void whatWasWrittenIsReadBackInOrder() throws IOException {
        write();
        assertThat(History.read(directory)).isEqualTo(EVENTS);
    }

    @Test
    void aLineThatItsWriterDiedInIsLeftOut() throws IOException {
        write();
        Files.writeString(directory.resolve("w.jsonl"), "{\"e\":\"granted\",\"wor", StandardOpenOption.APPEND);
        assertThat(History.read(directory)).isEqualTo(EVENTS);
    }

    @Test
    void partsAreReadTogether() throws IOException {
        write();
        try (HistoryWriter other = HistoryWriter.create(directory, "x")) {
            other.write(EVENTS.get(0));
        }
        assertThat(History.read(directory)).hasSize(EVENTS.size() + 1);
    }

    private void write() throws IOException {
        try (HistoryWriter writer = HistoryWriter.create(directory, "w")) {
            EVENTS.forEach(writer::write);
        }
    }
}
