package io.leasehold.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {

    /** What {@code Utils.murmur2} and {@code Utils.toPositive(..) % 37} of kafka-clients 4.4.0 say. */
    @ParameterizedTest
    @CsvSource({
        "'', 275646681, 11",
        "a, -1563381124, 26",
        "ab, 316155434, 17",
        "abc, 479470107, 20",
        "abcd, -1323649548, 18",
        "21, -973932308, 29",
        "foobar, -790332482, 9",
        "order-1, 1221710326, 0",
        "task-0000001, 1618545972, 27",
        "träger-ßü, 326443129, 10",
        "任务, 685350959, 33",
        "😀, 131881617, 1",
        "a-little-bit-long-string, -985981536, 36",
        "a-little-bit-longer-string, -1486304829, 30",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971, 20",
    })
    void anIdIsAtHomeWhereKafkasProducerPutsIt(String id, int hash, int homeOf37) {
        assertThat(Home.murmur2(id.getBytes(StandardCharsets.UTF_8))).isEqualTo(hash);
        assertThat(Home.of(id, 37)).isEqualTo(homeOf37);
    }

    @ParameterizedTest
    @CsvSource({"~0.x, 0", "~3.x, 3", "~3., 3", "~3.4.5, 3", "~15.~1.x, 15"})
    void anAssignedIdNamesItsHome(String id, int shard) {
        assertThat(Home.isAssigned(id)).isTrue();
        assertThat(Home.of(id, 16)).isEqualTo(shard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "~.", "~.x", "~x.y", "~3", "~-1.x", "~16.x", "~99999.x", "~4294967296.x", "~١.x"})
    void anIdThatNamesNoShardIsHashed(String id) {
        int hashed = (Home.murmur2(id.getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % 16;
        assertThat(Home.of(id, 16)).isEqualTo(hashed);
    }

    @Test
    void onlyATildeMakesAnIdAssigned() {
        assertThat(Home.isAssigned("3.x")).isFalse();
        assertThat(Home.isAssigned("")).isFalse();
        assertThat(Home.of("3.x", 1)).isZero();
    }
}
