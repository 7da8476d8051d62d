package io.leasehold.server.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.core.task.Home;
import io.leasehold.server.testkit.RawHttp;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No word of a request's first line decides who a coordinator connects to. Every task here is at home at the other one. */
class RequestTargetTest {
    private final InMemoryCluster cluster = new InMemoryCluster(2);
    private TestCoordinator here;
    private TestCoordinator there;
    private ServerSocket victim;

    @BeforeEach
    void start() throws IOException {
        victim = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        here = new TestCoordinator("here", cluster);
        there = new TestCoordinator("there", cluster);
        cluster.assign(0, "here");
        cluster.assign(1, "there");
        await().until(() -> here.desk().owns(0) && there.desk().owns(1));
        await().until(() -> cluster.map().ownerOf(0) != null && cluster.map().ownerOf(1) != null);
    }

    @AfterEach
    void stop() throws IOException {
        there.close();
        here.close();
        victim.close();
    }

    static Stream<String> attacks() {
        return Stream.of(
                "@VICTIM/any/path?x=://y/v1/tasks",
                "VICTIM/any?x=://y/v1/tasks",
                "http://VICTIM@evil.example/v1/tasks",
                "http://localhost@VICTIM/v1/tasks",
                "http://evil.example:80/v1/tasks",
                "http://evil.example",
                "https://localhost/v1/tasks",
                "ftp://localhost/v1/tasks",
                ".VICTIM/v1/tasks",
                "?x=://y/v1/tasks",
                "*");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void targetThatIsNoPathIsRefusedAndConnectsToNobody(String attack) throws Exception {
        String target = attack.replace("VICTIM", "127.0.0.1:" + victim.getLocalPort());

        String answer = post(target, "localhost");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"detail\":\"target: ");
        assertNobodyConnected();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:1/v1/tasks", "HTTP://127.0.0.1/v1/tasks", "http://leasehold.test/v1/tasks"})
    void ownUrlAsATargetIsAsGoodAsItsPath(String target) {
        assertThat(post(target, "localhost")).startsWith("HTTP/1.1 201").contains("\"shard\":1");
    }

    @Test
    void pathThatLooksLikeAnotherHostIsUnknown() throws Exception {
        assertThat(post("//127.0.0.1:" + victim.getLocalPort() + "/v1/tasks", "localhost"))
                .startsWith("HTTP/1.1 404");
        assertNobodyConnected();
    }

    @Test
    void everyForwardGoesToTheOwnerAlone() {
        Web web = new Web(here.url());
        String id = thereId("a");

        assertThat(web.post("/v1/tasks?x=://y/v1/tasks", "{\"id\":\"" + id + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(web.get("/v1/tasks/" + id + "?@evil.example:80/")
                        .json()
                        .at("/id")
                        .asText())
                .isEqualTo(id);
        assertThat(web.delete("/v1/tasks/" + id).status()).isEqualTo(200);
    }

    private String post(String target, String host) {
        String body = "{\"id\":\"" + thereId("t") + "\"}";
        return RawHttp.exchange(
                here.port(),
                "POST " + target + " HTTP/1.1\r\nhost: " + host
                        + "\r\nconnection: close\r\ncontent-type: application/json" + "\r\ncontent-length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private void assertNobodyConnected() throws IOException {
        // Whoever was connected to before this answer stands in the listener's queue.
        assertThat(new Web(here.url()).get("/livez").status()).isEqualTo(200);
        victim.setSoTimeout(1);
        try {
            victim.accept().close();
        } catch (java.net.SocketTimeoutException e) {
            return;
        }
        throw new AssertionError("the coordinator connected to a host that a client named");
    }

    private static String thereId(String prefix) {
        int i = 0;
        while (Home.of(prefix + "-" + i, 2) != 1) {
            i++;
        }
        return prefix + "-" + i;
    }
}
