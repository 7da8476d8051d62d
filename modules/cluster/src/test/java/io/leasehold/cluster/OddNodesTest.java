package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.leasehold.cluster.TreeReader.Node;
import io.leasehold.coordinator.port.ClusterMap.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class OddNodesTest {
    private static final ClusterPaths PATHS = new ClusterPaths("/leasehold");
    private static final Member SELF = new Member("c1", "http://c1:8470", 1, false);

    /** What a cluster that is well has at each place, and what may stand there instead. */
    private static final Map<String, String> GOOD = Map.of(
            "/leasehold/coordinators/c1",
                    "{\"id\":\"c1\",\"url\":\"http://c1:8470\",\"startedMs\":1,\"leaving\":false}",
            "/leasehold/coordinators/c2",
                    "{\"id\":\"c2\",\"url\":\"http://c2:8470\",\"startedMs\":2,\"leaving\":false}",
            "/leasehold/assignment",
                    "{\"version\":3,\"shards\":{\"0\":\"c1\",\"1\":\"c2\"},\"standbys\":{\"0\":\"c2\"}}",
            "/leasehold/owners/0", "{\"owner\":\"c1\",\"url\":\"http://c1:8470\",\"epoch\":7}",
            "/leasehold/owners/1", "{\"owner\":\"c2\",\"url\":\"http://c2:8470\",\"epoch\":8}",
            "/leasehold/caughtup/0", "c2",
            "/leasehold/witness/0",
                    "{\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\",\"epoch\":7,\"base\":10,\"end\":20}",
            "/leasehold/witness/1",
                    "{\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\",\"epoch\":8,\"base\":10,\"end\":20}",
            "/leasehold/pin",
                    "{\"clusterId\":\"k\",\"shards\":2,\"counts\":[2],\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\"}",
            "/leasehold/directives", "{\"drained\":[\"c3\"],\"placed\":{\"0\":\"c1\"}}");

    private static final List<String> NO_NODE_OF_ANY_KIND = List.of(
            "",
            " ",
            "?",
            "null",
            "[]",
            "7",
            "\"text\"",
            "{",
            "\u0000\u0001",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000));

    private static final Map<String, List<String>> ODD = Map.of(
            "/leasehold/coordinators/c2",
            List.of(
                    "{}",
                    "{\"url\":\"http://c2:8470\"}",
                    "{\"id\":null,\"url\":\"http://c2:8470\"}",
                    "{\"id\":\"c2\"}",
                    "{\"id\":\"c9\",\"url\":\"http://c2:8470\"}",
                    "{\"id\":[],\"url\":{}}",
                    "{\"id\":\"c2\",\"url\":\"not a url\"}",
                    "{\"id\":\"c2\",\"url\":\"ftp://c2:1\"}",
                    "{\"id\":\"c2\",\"url\":\"http://me:secret@c2:8470\"}",
                    "{\"id\":\"c2\",\"url\":\"http://c2:70000\"}",
                    "{\"id\":\"c2\",\"url\":\"http://c2:0\"}",
                    "{\"id\":\"c2\",\"url\":\"http:///x\"}",
                    "{\"id\":\"c2\",\"url\":\"http://" + "c".repeat(1_000) + ":1\"}",
                    "{\"id\":\"c2\",\"url\":\"http://c2:8470\",\"startedMs\":-1}",
                    "{\"id\":\"c2\",\"url\":\"http://c2:8470\",\"startedMs\":1e99}",
                    "{\"id\":\"c2\",\"url\":\"http://c2:8470\",\"startedMs\":99999999999999999999999}",
                    "{\"id\":\"c2\",\"url\":\"http://c2:8470\",\"leaving\":\"perhaps\"}"),
            "/leasehold/assignment",
            List.of(
                    "{\"version\":-1}",
                    "{\"version\":\"x\"}",
                    "{\"version\":3,\"shards\":[]}",
                    "{\"version\":3,\"shards\":{\"x\":\"c1\"}}",
                    "{\"version\":3,\"shards\":{\"-1\":\"c1\"}}",
                    "{\"version\":3,\"shards\":{\"99999\":\"c1\"}}",
                    "{\"version\":3,\"shards\":{\"0\":null}}",
                    "{\"version\":3,\"shards\":{\"0\":\"a b\"}}",
                    "{\"version\":3,\"shards\":{\"0\":\"c1\"},\"standbys\":{\"0\":{}}}"),
            "/leasehold/owners/1",
            List.of(
                    "{\"owner\":\"c2\",\"url\":\"http://c2:8470\",\"epoch\":-8}",
                    "{\"owner\":\"c2\",\"url\":\"http://c2:8470\",\"epoch\":99999999999999999999}",
                    "{\"owner\":\"c2\",\"epoch\":8}",
                    "{\"owner\":\"c2\",\"url\":\"nowhere\",\"epoch\":8}",
                    "{\"owner\":\"\",\"url\":\"http://c2:8470\",\"epoch\":8}",
                    "{\"owner\":{},\"url\":\"http://c2:8470\",\"epoch\":8}"),
            "/leasehold/caughtup/0",
            List.of("a b", "{}", "x".repeat(101), "\n"),
            "/leasehold/witness/1",
            List.of(
                    "{}",
                    "{\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\",\"epoch\":-1,\"base\":1,\"end\":2}",
                    "{\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\",\"epoch\":1,\"base\":3,\"end\":2}",
                    "{\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\",\"epoch\":1,\"base\":-3,\"end\":2}",
                    "{\"journalTopicId\":null,\"inboxTopicId\":\"i\",\"epoch\":1,\"base\":1,\"end\":2}",
                    "{\"journalTopicId\":\"j\",\"epoch\":1,\"base\":1,\"end\":2}",
                    "{\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\",\"epoch\":\"x\",\"base\":1,\"end\":2}"),
            "/leasehold/pin",
            List.of(
                    "{}",
                    "{\"clusterId\":\"k\",\"shards\":0,\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\"}",
                    "{\"clusterId\":\"k\",\"shards\":-4,\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\"}",
                    "{\"clusterId\":\"k\",\"shards\":1025,\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\"}",
                    "{\"clusterId\":\"k\",\"shards\":8,\"counts\":[2],\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\"}",
                    "{\"clusterId\":\"k\",\"shards\":8,\"counts\":[null],\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\"}",
                    "{\"clusterId\":\"k\",\"shards\":8,\"counts\":[9,8],\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\"}",
                    "{\"clusterId\":\"k\",\"shards\":8,\"counts\":[-1,8],\"journalTopicId\":\"j\",\"inboxTopicId\":\"i\"}",
                    "{\"clusterId\":\"k\",\"shards\":8,\"counts\":[8],\"inboxTopicId\":\"i\"}"),
            "/leasehold/directives",
            List.of(
                    "{\"drained\":\"c3\"}",
                    "{\"drained\":[null]}",
                    "{\"drained\":[\"a b\"]}",
                    "{\"placed\":{\"x\":\"c1\"}}",
                    "{\"placed\":{\"-1\":\"c1\"}}",
                    "{\"placed\":{\"0\":null}}"));

    private final Logger logger = (Logger) LoggerFactory.getLogger(OddNodes.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final OddNodes odd = new OddNodes();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private record Oddity(String path, String content) {
        @Override
        public String toString() {
            return path + " " + (content.length() > 60 ? content.substring(0, 60) + "..." : content);
        }
    }

    static Stream<Oddity> oddities() {
        List<Oddity> all = new ArrayList<>();
        ODD.forEach((path, contents) -> {
            contents.forEach(content -> all.add(new Oddity(path, content)));
            NO_NODE_OF_ANY_KIND.stream()
                    .filter(content -> !(kind(path).equals("caughtup") && ClusterOptions.isId(content)))
                    .forEach(content -> all.add(new Oddity(path, content)));
        });
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void oddNodeIsLeftOutAndHarmsNothingElse(Oddity oddity) {
        Map<String, Node> with = nodes();
        with.put(oddity.path(), node(oddity.content(), 5));
        Map<String, Node> without = nodes();
        without.remove(oddity.path());

        ClusterPicture seen = picture(with);

        assertThat(seen.map()).isEqualTo(picture(without).map());
        assertThat(log.list).hasSize(1).allSatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .contains(oddity.path())
                    .contains("expected: ")
                    .hasSizeLessThan(600)
                    .doesNotContain("secret");
        });
    }

    @Test
    void everyKindOfNodeIsTried() {
        assertThat(GOOD.keySet().stream().map(OddNodesTest::kind).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        ODD.keySet().stream().map(OddNodesTest::kind).distinct().toList());
    }

    @Test
    void nodeWithoutContentIsLeftOut() {
        GOOD.keySet().forEach(path -> {
            Map<String, Node> nodes = nodes();
            nodes.put(path, new Node(null, 1));

            assertThatCode(() -> picture(nodes)).doesNotThrowAnyException();
        });
    }

    @Test
    void goodNodesAreAllTaken() {
        ClusterPicture seen = picture(nodes());

        assertThat(log.list).isEmpty();
        assertThat(seen.map().members()).hasSize(2);
        assertThat(seen.map().shards()).hasSize(2).allSatisfy(place -> {
            assertThat(place.assigned()).isNotNull();
            assertThat(place.owner()).isNotNull();
            assertThat(place.witness()).isNotNull();
        });
        assertThat(seen.map().directives().isDrained("c3")).isTrue();
        assertThat(seen.map().shards().get(0).caughtUp()).isEqualTo("c2");
    }

    @Test
    void oddNodeIsComplainedOfOnceUntilItChanges() {
        Map<String, Node> nodes = nodes();
        nodes.put("/leasehold/owners/1", node("?", 5));
        for (int look = 0; look < 10; look++) {
            picture(nodes);
        }
        assertThat(log.list).hasSize(1);

        nodes.put("/leasehold/owners/1", node("??", 6));
        picture(nodes);

        assertThat(log.list).hasSize(2);
    }

    private ClusterPicture picture(Map<String, Node> nodes) {
        return ClusterPicture.of(nodes, PATHS, SELF, List.of(2), 2, odd);
    }

    private static Map<String, Node> nodes() {
        Map<String, Node> nodes = new HashMap<>();
        GOOD.forEach((path, content) -> nodes.put(path, node(content, 1)));
        return nodes;
    }

    private static Node node(String content, int version) {
        return new Node(content.getBytes(StandardCharsets.UTF_8), version);
    }

    private static String kind(String path) {
        return path.split("/")[2];
    }
}
