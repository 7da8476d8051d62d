package io.leasehold.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final List<String> faults = new ArrayList<>();

    @Test
    void everyLineIsATaskAndBlankLinesAreNothing() throws IOException {
        List<Item> items = read("{\"id\":\"a\"}\n\n  \r\n{\"id\":\"b\",\"payload\":[1]}");

        assertThat(items).extracting(item -> item.task().id()).containsExactly("a", "b");
        assertThat(items).extracting(Item::line).containsExactly(1, 4);
        assertThat(new String(items.get(1).json(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"b\",\"payload\":[1]}");
    }

    @Test
    void aBadLineIsToldByItsNumberAndTheNextIsRead() throws IOException {
        List<Item> items = read("{\"id\":\"a\"}\nnot json\n{\"prio\":1}\n{\"id\":\"b\"}\n");

        assertThat(items).extracting(item -> item.task().id()).containsExactly("a", "b");
        assertThat(faults).hasSize(2);
        assertThat(faults.get(0)).startsWith("2: ");
        assertThat(faults.get(1)).startsWith("3: ").contains("prio");
    }

    private List<Item> read(String text) throws IOException {
        Lines lines = new Lines(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                (line, fault) -> faults.add(line + ": " + fault.getMessage()));
        List<Item> items = new ArrayList<>();
        for (Item item = lines.next(); item != null; item = lines.next()) {
            items.add(item);
        }
        return items;
    }
}
