package io.leasehold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseholdTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "submit --priority high --queue q",
                "submit --payload {} --payload-file x",
                "submit --payload {",
                "submit --delay 5 --queue q",
                "submit --id ~0.1",
                "task",
                "task get",
                "dead redrive",
                "dead redrive --queue a --id b",
                "dead purge",
                "dead purge --queue a --execute",
                "dead purge --queue a --execute --expected -1",
                "dead purge --id a --execute --expected 1",
                "dead purge --id a --limit 1",
                "queues --output xml",
                "worker --queue q",
                "worker --exec cat",
                "worker --queue q --exec cat --concurrency 0",
                "demo --files 0",
                "coordinator --override nonsense",
                "verify --from somewhere",
                "verify --max-expiries 0",
                "verify --client-config nowhere.properties",
                "journal",
                "journal void --shard 1",
                "journal void --shard 1 --offset 2 --offline --client-config nowhere.properties",
                "bench",
                "bench mix --tasks 0",
                "bench mix --payload 3",
                "bench drain --url http://a:1 --flush-each-batch",
                "bench idle --workers 10001",
                "bench replay --coordinators 2",
                "bench backlog --runs 2",
                "bench compare --phases nothing",
                "bench plot --x shards",
                "dead list --limit 0",
                "dead list --limit 1001",
                "dead redrive --queue q --limit 0",
                "queues --url ftp://x",
                "queues --url nowhere",
                "submit --id a --traceparent 00-1-2-3",
                "config",
                "config show --config nowhere.properties",
                "config docs --format pdf",
                "completion",
                "completion fish",
                "top --interval 5ms",
                "doctor --timeout soon",
                "doctor --override shards=0"
            })
    void wrongUsageEndsWithTwoAndSaysWhatIsExpected(String line) {
        int code = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(code).as("exit code; standard error: %s", err).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Usage: leasehold");
    }

    @ParameterizedTest
    @CsvSource({
        "task get a",
        "task cancel a",
        "queues",
        "queues q",
        "dead list",
        "dead redrive --queue q",
        "dead purge --queue q",
        "cluster",
        "top",
        "top --once",
        "submit --id a"
    })
    void anUnreachableCoordinatorIsNamedTogetherWithTheWayOut(String line) {
        int code = run((line + " --url http://127.0.0.1:1").split(" "));

        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("no coordinator at http://127.0.0.1:1")
                .contains("leasehold standalone");
    }

    @Test
    void anUnknownConfigurationKeyIsNamedTogetherWithTheNearest() {
        int code = run("coordinator", "--override", "listen.prot=1");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("listen.prot").contains("listen.port");
    }

    @Test
    void configShowTellsWhereEachValueComesFromAndWhatIsWrong() {
        int code = run("config", "show", "--override", "listen.port=99999");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("listen\\.port +99999 +override")
                .containsPattern("shards +4 +default");
        assertThat(err.toString())
                .contains("listen.port: 99999 (expected: 0 to 65535)")
                .contains("cluster.keys: none");
    }

    @Test
    void configValidateAnswersInJsonToo() {
        String keys = "cluster.keys=k1:MDEyMzQ1Njc4OWFiY2RlZg==";

        assertThat(run("config", "validate", "--override", keys, "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"good\":true").contains("\"faults\":[]");
    }

    @Test
    void configDocsListTheKeysInEachFormat() {
        assertThat(run("config", "docs")).isZero();
        assertThat(out.toString()).contains("| `listen.port` | `8470` |");
        assertThat(run("config", "docs", "--format", "html")).isZero();
        assertThat(out.toString()).contains("<td>listen.port</td>");
        assertThat(run("config", "docs", "--format", "properties")).isZero();
        assertThat(out.toString()).contains("\nlisten.port=8470\n");
    }

    @Test
    void doctorSaysWhatIsNotReachedAndSkipsWhatHangsOnIt() {
        int code = run(("doctor --timeout 500ms --bootstrap-servers 127.0.0.1:1 --zookeeper 127.0.0.1:1 "
                        + "--url http://127.0.0.1:1")
                .split(" "));

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("wrong +zookeeper +zookeeper.connect: 127.0.0.1:1")
                .containsPattern("wrong +brokers +bootstrap.servers: 127.0.0.1:1")
                .containsPattern("wrong +coordinator at http://127.0.0.1:1")
                .containsPattern("skipped +topics +Kafka is not reached")
                .containsPattern("skipped +shards +no coordinator is reached")
                .contains("0 ok, 0 to note, 3 wrong, 13 skipped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "standalone --help",
                "coordinator --help",
                "worker --help",
                "submit --help",
                "task --help",
                "queues --help",
                "dead --help",
                "cluster --help",
                "verify --help",
                "bench submit --help",
                "bench drain --help",
                "bench mix --help",
                "bench single --help",
                "bench latency --help",
                "bench idle --help",
                "bench backlog --help",
                "bench replay --help",
                "bench order --help",
                "bench compare --help",
                "bench failover --help",
                "bench soak --help",
                "bench plot --help",
                "config --help",
                "completion --help",
                "doctor --help",
                "top --help"
            })
    void helpShowsExamples(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: leasehold").contains("leasehold ");
        if (!line.equals("--help")) {
            assertThat(out.toString()).contains("Examples:");
        }
    }

    private int run(String... args) {
        return Leasehold.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
