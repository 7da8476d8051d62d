package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterOptionsTest {
    private static final ClusterOptions GOOD =
            ClusterOptions.of("zk1:2181,[::1]:2182", "c-1.a_B", "https://10.0.0.1:8470", 4);

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(GOOD.root()).isEqualTo("/leasehold");
        assertThat(GOOD.sessionTimeoutMs()).isEqualTo(6_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "zk:2181/chroot", "zk:port"})
    void connectStringThatIsNotOneIsRefused(String connect) {
        assertThatThrownBy(() -> ClusterOptions.of(connect, "c1", "http://h:1", 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("zookeeper.connect: " + connect + " (expected: host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "leasehold", "/a//b", "/a/", "/a/../b"})
    void rootThatIsNoPathIsRefused(String root) {
        assertThatThrownBy(() -> GOOD.withRoot(root))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("zookeeper.root: " + root + " (expected: an absolute path such as /leasehold)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", ".", "..", "a b", "ä"})
    void idThatCannotBeANodeIsRefused(String id) {
        assertThatThrownBy(() -> ClusterOptions.of("zk:1", id, "http://h:1", 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("coordinator.id: " + id + " (expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h:1", "ftp://h:1", "http://", "http://a b"})
    void urlThatNobodyCanReachIsRefused(String url) {
        assertThatThrownBy(() -> ClusterOptions.of("zk:1", "c1", url, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("advertised.url: " + url + " (expected: http://host:port or https://host:port)");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1025"})
    void numberOfShardsIsBounded(int shards) {
        assertThatThrownBy(() -> ClusterOptions.of("zk:1", "c1", "http://h:1", shards))
                .hasMessage("shards: " + shards + " (expected: 1 to 1024)");
    }

    @Test
    void timeoutsAreBounded() {
        assertThatThrownBy(() -> GOOD.withSessionTimeoutMs(0))
                .hasMessage("zookeeper.session.timeout.ms: 0 (expected: 100 to 600000)");
    }
}
