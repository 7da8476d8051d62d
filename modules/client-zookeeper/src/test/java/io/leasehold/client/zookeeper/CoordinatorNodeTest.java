package io.leasehold.client.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorNodeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://c1:8470",
                "https://c1.example",
                "http://127.0.0.1:1",
                "http://[2001:db8::1]:8470",
                "http://c1:8470/"
            })
    void addressOfACoordinatorIsTaken(String url) {
        assertThat(CoordinatorNode.read("c1", data(url)))
                .hasValueSatisfying(node -> assertThat(node.url()).isEqualTo(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c1:8470",
                "file:///etc/passwd",
                "ftp://c1:8470",
                "HTTP//c1",
                "http:c1",
                "http:///v1",
                "http://c 1:8470",
                "http://user:secret@c1:8470",
                "http://c1:0",
                "http://c1:65536",
                "http://c1:8470?to=",
                "http://c1:8470#"
            })
    void whatIsNoAddressOfACoordinatorIsIgnored(String url) {
        assertThat(CoordinatorNode.read("c1", data(url))).isEmpty();
    }

    @Test
    void addressThatIsTooLongIsIgnored() {
        assertThat(CoordinatorNode.read("c1", data("http://" + "h".repeat(300))))
                .isEmpty();
    }

    private static byte[] data(String url) {
        return ("{\"id\":\"c1\",\"url\":\"" + url + "\",\"startedMs\":5,\"leaving\":false}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
