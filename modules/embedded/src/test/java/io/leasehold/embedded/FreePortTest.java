package io.leasehold.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void aPortIsNotGivenTwiceBeforeAServerListensOnIt() {
        List<Integer> ports = Stream.generate(FreePort::take).limit(1_000).toList();

        assertThat(ports).doesNotHaveDuplicates();
    }
}
