package io.leasehold.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorConfigTest {
    private static final String KEY = "k1:MDEyMzQ1Njc4OWFiY2RlZg==";

    @TempDir
    Path directory;

    @Test
    void everyKeyButTheSecretHasADefault() {
        CoordinatorConfig config = with();

        assertThat(config.getInt("listen.port")).isEqualTo(8470);
        assertThat(config.getString("listen.address")).isEqualTo("127.0.0.1");
        assertThat(config.getInt("shards")).isEqualTo(4);
        assertThat(config.getInt("topic.replication.factor")).isEqualTo(3);
        assertThat(config.clusterKeys()).containsOnlyKeys("k1");
    }

    @Test
    void unknownKeysAreRefusedByNameWithTheNearestKnownOne() {
        assertThatThrownBy(() -> with("listen.prot", "1", "zookeper.connect", "a:1"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("listen.prot: unknown key (expected: a known one; the nearest is listen.port)")
                .hasMessageContaining("zookeper.connect: unknown key")
                .hasMessageContaining("zookeeper.connect");
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertThatThrownBy(() -> with("listen.port", "99999", "shards", "many", "listen.insecure", "perhaps"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("listen.port: 99999 (expected: 0 to 65535)")
                .hasMessageContaining("shards: many (expected: 1 to 1024)")
                .hasMessageContaining("listen.insecure: perhaps (expected: true or false)");
    }

    @Test
    void wrongValuesAreNamedBesideKeysThatAreUnknownOrMissing() {
        assertThatThrownBy(() -> CoordinatorConfig.of(Map.of("listen.port", "99999", "listen.prot", "1")))
                .hasMessageContaining("listen.prot: unknown key")
                .hasMessageContaining("listen.port: 99999 (expected: 0 to 65535)")
                .hasMessageContaining("cluster.keys: none (expected: id:base64");
    }

    @Test
    void whatIsInForceIsToldWithItsSourceAndWithoutSecrets() throws Exception {
        Path file = Files.writeString(
                directory.resolve("c.properties"),
                "cluster.keys=" + KEY
                        + "\nproducer.sasl.jaas.config=x\nadmin.ssl.key.password=${env:PW}\nshards=many\n");

        List<InForce> all = new ConfigSources()
                .file(file)
                .environment(Map.of("LEASEHOLD_LISTEN_PORT", "1002"))
                .overrides(Map.of("topic.prefix", "mine"))
                .inForce();

        assertThat(all)
                .contains(
                        new InForce("cluster.keys", "[hidden]", file.toString()),
                        new InForce("producer.sasl.jaas.config", "[hidden]", file.toString()),
                        new InForce("admin.ssl.key.password", "${env:PW}", file.toString()),
                        new InForce("shards", "many", file.toString()),
                        new InForce("listen.port", "1002", "LEASEHOLD_LISTEN_PORT"),
                        new InForce("topic.prefix", "mine", "override"),
                        new InForce("tick.ms", "1000", "default"));
        assertThat(all.stream().map(InForce::key)).containsAll(CoordinatorConfig.SETTINGS.keySet());
        assertThat(new ConfigSources().inForce()).contains(new InForce("cluster.keys", "", "none"));
    }

    @Test
    void secretIsNeededAndNeverPrinted() {
        assertThatThrownBy(() -> CoordinatorConfig.of(Map.of()))
                .hasMessageContaining("cluster.keys: none (expected: id:base64");
        assertThatThrownBy(() -> with("cluster.keys", "k1:c2hvcnQ="))
                .hasMessageContaining("cluster.keys: [hidden]")
                .hasMessageContaining("at least 16 bytes")
                .hasMessageNotContaining("c2hvcnQ");
        assertThat(with().toString() + with().values()).doesNotContain(KEY.substring(3));
    }

    @Test
    void firstOfSeveralSecretsComesFirst() {
        Map<String, byte[]> keys = with("cluster.keys", "new:MDEyMzQ1Njc4OWFiY2RlZg==, old:ZmVkY2JhOTg3NjU0MzIxMA==")
                .clusterKeys();

        assertThat(keys.keySet()).containsExactly("new", "old");
        assertThat(keys.get("old")).isEqualTo("fedcba9876543210".getBytes());
    }

    @Test
    void addressThatOthersCanReachNeedsAnExplicitWord() {
        assertThatThrownBy(() -> with("listen.address", "0.0.0.0", "advertised.url", "http://host:8470"))
                .hasMessageContaining("listen.address: 0.0.0.0 (expected: a loopback address, or listen.insecure=true");
        assertThatThrownBy(() -> with("listen.address", "0.0.0.0", "listen.insecure", "true"))
                .hasMessageContaining("advertised.url: none");

        assertThat(with("listen.address", "0.0.0.0", "listen.insecure", "true", "advertised.url", "http://host:8470")
                        .getString("advertised.url"))
                .isEqualTo("http://host:8470");
    }

    @Test
    void proofMustOutliveATick() {
        assertThatThrownBy(() -> with("tick.ms", "3000"))
                .hasMessageContaining("proof.max.age.ms: 5000 (expected: at least twice tick.ms, which is 3000)");
    }

    @Test
    void overrideWinsOverEnvironmentOverFileOverDefault() throws Exception {
        Path file = Files.writeString(
                directory.resolve("c.properties"),
                "cluster.keys=" + KEY + "\nshards=5\nlisten.port=1001\ntopic.prefix=file\n");

        CoordinatorConfig config = new ConfigSources()
                .file(file)
                .environment(Map.of("LEASEHOLD_LISTEN_PORT", "1002", "LEASEHOLD_TOPIC_PREFIX", "env", "PATH", "/bin"))
                .overrides(Map.of("topic.prefix", "override"))
                .read();

        assertThat(config.getInt("tick.ms")).isEqualTo(1000);
        assertThat(config.getInt("shards")).isEqualTo(5);
        assertThat(config.getInt("listen.port")).isEqualTo(1002);
        assertThat(config.getString("topic.prefix")).isEqualTo("override");
    }

    @Test
    void foreignVariableOfTheEnvironmentIsPassedOver() {
        CoordinatorConfig config = new ConfigSources()
                .environment(Map.of("LEASEHOLD_SERVICE_HOST", "10.0.0.1", "LEASEHOLD_CLUSTER_KEYS", KEY))
                .read();

        assertThat(config.clusterKeys()).hasSize(1);
    }

    @Test
    void keyThatIsNamedTwiceInAFileIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("c.properties"), "shards=5\nshards=6\n");

        assertThatThrownBy(() -> new ConfigSources().file(file)).hasMessageContaining("shards: twice in " + file);
    }

    @Test
    void missingFileIsNamed() {
        Path file = directory.resolve("none.properties");

        assertThatThrownBy(() -> new ConfigSources().file(file))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("--config: " + file);
    }

    @Test
    void clientSettingsPassThroughWithoutTheirPrefix() {
        CoordinatorConfig config = with("producer.linger.ms", "2", "admin.request.timeout.ms", "9");

        assertThat(config.passedThrough("producer.")).containsExactly(Map.entry("linger.ms", "2"));
        assertThat(config.passedThrough("admin.")).containsExactly(Map.entry("request.timeout.ms", "9"));
        assertThat(config.passedThrough("consumer.")).isEmpty();
    }

    private static CoordinatorConfig with(String... pairs) {
        Map<String, String> values = new HashMap<>(Map.of("cluster.keys", KEY));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return CoordinatorConfig.of(values);
    }
}
