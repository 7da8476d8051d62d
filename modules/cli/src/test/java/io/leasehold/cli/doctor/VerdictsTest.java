package io.leasehold.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.cli.doctor.Finding.Verdict;
import io.leasehold.log.LogExamination.Brokers;
import io.leasehold.log.LogExamination.InboxSample;
import io.leasehold.log.LogExamination.ShortPartition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    @Test
    void fewerThanThreeBrokersAreNoted() {
        assertThat(brokers("a:1", "b:1", "c:1").verdict()).isEqualTo(Verdict.OK);
        assertThat(brokers("a:1").verdict()).isEqualTo(Verdict.NOTE);
        assertThat(brokers("a:1").found()).isEqualTo("1 up: a:1; cluster k; metadata.version 29");
    }

    private static Finding brokers(String... addresses) {
        return KafkaVerdicts.brokers(new Brokers("k", List.of(addresses), Map.of("metadata.version", 29)));
    }

    @Test
    void eachKindOfTopicProblemHasItsOwnAdvice() {
        assertThat(topics()).isEqualTo(Finding.ok("topics", "all four of l.* are as they must be, 4 shards"));
        assertThat(topics("l.journal retention.ms: 1 (expected: -1)").advice()).contains("kafka-configs.sh");
        assertThat(topics("l.tasks topic: missing (expected: a topic)").advice())
                .contains("start a coordinator");
        assertThat(topics("l.journal topic.id: x (expected: y)").advice()).contains("not the topics");
        assertThat(topics("cluster.id: x (expected: y)").verdict()).isEqualTo(Verdict.WRONG);
    }

    private static Finding topics(String... problems) {
        return KafkaVerdicts.topics(List.of(problems), "l", 4);
    }

    @Test
    void partitionsThatAreShortOfCopiesAreNamed() {
        Finding finding = KafkaVerdicts.copies(
                List.of(new ShortPartition("l.journal-1", 2, 3, true), new ShortPartition("l.tasks-0", 0, 3, false)));

        assertThat(finding.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(finding.found()).isEqualTo("l.journal-1: 2 of 3 in sync; l.tasks-0: no leader");
        assertThat(KafkaVerdicts.copies(List.of()).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void journalThatEveryoneMayWriteIsWrong() {
        assertThat(writers().verdict()).isEqualTo(Verdict.OK);
        assertThat(writers("User:c").verdict()).isEqualTo(Verdict.OK);
        assertThat(writers("User:c", "User:p").verdict()).isEqualTo(Verdict.NOTE);
        assertThat(writers("User:*", "User:c").verdict()).isEqualTo(Verdict.WRONG);
        Finding open = KafkaVerdicts.journalWriters(Optional.empty(), "l.journal");
        assertThat(open.verdict()).isEqualTo(Verdict.NOTE);
        assertThat(open.found()).contains("no authorizer");
    }

    private static Finding writers(String... principals) {
        return KafkaVerdicts.journalWriters(Optional.of(new TreeSet<>(List.of(principals))), "l.journal");
    }

    private static Finding releases(Integer written, Integer... read) {
        StringBuilder coordinators = new StringBuilder();
        for (int i = 0; i < read.length; i++) {
            coordinators
                    .append(i == 0 ? "" : ",")
                    .append("{\"id\":\"c")
                    .append(i)
                    .append("\",\"url\":\"http://c\",\"foldVersion\":")
                    .append(read[i])
                    .append('}');
        }
        String view = "{\"coordinators\":[" + coordinators
                + "],\"shards\":[{\"shard\":0,\"epoch\":1,\"status\":\"active\",\"foldVersion\":" + written + "}]}";
        return CoordinatorVerdicts.releases(Json.readAnswer(view.getBytes(StandardCharsets.UTF_8), ClusterView.class));
    }

    @Test
    void coordinatorsThatHoldAnUpgradeBackAreNamed() {
        assertThat(releases(2, 3, 2, 3).verdict()).isEqualTo(Verdict.NOTE);
        assertThat(releases(2, 3, 2, 3).found()).contains("c1 (version 2)").doesNotContain("c0");
    }

    @Test
    void coordinatorsThatAreTooOldForWhatWasWrittenAreWrong() {
        assertThat(releases(3, 3, 2).verdict()).isEqualTo(Verdict.WRONG);
        assertThat(releases(3, 3, 2).found()).contains("version 3").contains("c1 (version 2)");
    }

    @Test
    void anUpgradeThatIsCompleteIsFine() {
        assertThat(releases(3, 3, 3)).isEqualTo(Finding.ok("releases", "all coordinators read journals of version 3"));
        assertThat(releases(2, 3, 3).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void longTransactionsAreNoted() {
        assertThat(KafkaVerdicts.transactions(Map.of(1, 60_000L)).verdict()).isEqualTo(Verdict.OK);
        assertThat(KafkaVerdicts.transactions(Map.of(1, 60_000L, 2, 900_000L)).found())
                .contains("900000 (expected: at most 60000)");
    }

    @Test
    void misplacedSubmissionsTellWhichClientSettingToChange() {
        assertThat(KafkaVerdicts.partitioner(new InboxSample(9, 0), 70, 0).verdict())
                .isEqualTo(Verdict.OK);
        assertThat(KafkaVerdicts.partitioner(new InboxSample(9, 7), 70, 0).advice())
                .contains("partitioner=murmur2_random");
        assertThat(KafkaVerdicts.partitioner(new InboxSample(0, 0), 70, 52).found())
                .startsWith("0 of 0 records in the inbox, and 52 submissions");
    }

    @Test
    void coordinatorsWithOneAddressAreNamed() {
        assertThat(CoordinatorVerdicts.registered(Map.of()).verdict()).isEqualTo(Verdict.WRONG);
        assertThat(CoordinatorVerdicts.registered(ordered("a", "http://x:1", "b", "http://x:1"))
                        .found())
                .isEqualTo("a and b both say http://x:1");
        assertThat(CoordinatorVerdicts.registered(ordered("a", "http://x:1", "b", "http://y:1"))
                        .verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void unreachedAndUnreadyCoordinatorsAreToldApart() {
        Probe away = new Probe("c1", "http://x:1", false, "no connection", 0, 0, null, null);
        Probe loading = new Probe("c1", "http://x:1", true, "shard 0: not opened yet", 0, 0, null, null);
        Probe good = new Probe("c1", "http://x:1", true, null, 0, 0, null, null);

        assertThat(CoordinatorVerdicts.reached(away).found()).contains("is not reached from here: no connection");
        assertThat(CoordinatorVerdicts.reached(loading).found()).contains("is not ready: shard 0: not opened yet");
        assertThat(CoordinatorVerdicts.reached(good).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void clocksAreWrongOnlyIfTheyAreApartForSure() {
        assertThat(clocks(2_100, 200).verdict()).isEqualTo(Verdict.OK);
        assertThat(clocks(2_300, 200).verdict()).isEqualTo(Verdict.WRONG);
        assertThat(clocks(-2_300, 200).found()).contains("c1 -2300 ms (+/- 200)");
        assertThat(clocks(-2_300, 200).verdict()).isEqualTo(Verdict.WRONG);
    }

    private static Finding clocks(long aheadMs, long uncertainMs) {
        Map<String, long[]> clocks = new LinkedHashMap<>();
        clocks.put("c1", new long[] {aheadMs, uncertainMs});
        clocks.put("this machine", new long[] {0, 0});
        return CoordinatorVerdicts.clocks(clocks);
    }

    @Test
    void shardWithoutOwnerIsWrongAndOneWithoutStandbyIsNoted() {
        List<Finding> findings = shards("""
                {"shard":0,"owner":"a","epoch":1,"status":"active","standby":"b","standbyReady":true,"inboxLag":3},
                {"shard":1,"epoch":1,"status":"unowned","problem":"lost records"}
                """);

        assertThat(findings).extracting(Finding::verdict).containsExactly(Verdict.WRONG, Verdict.NOTE, Verdict.OK);
        assertThat(findings.get(0).found()).isEqualTo("shard 1 is unowned (lost records)");
        assertThat(findings.get(1).found()).isEqualTo("none for shards 1");
        assertThat(findings.get(2).found()).startsWith("3 submissions");
    }

    @Test
    void longInboxIsNoted() {
        List<Finding> findings = shards("""
                {"shard":0,"owner":"a","epoch":1,"status":"active","standby":"b","standbyReady":true,"inboxLag":10001}
                """);

        assertThat(findings.get(2).verdict()).isEqualTo(Verdict.NOTE);
    }

    private static List<Finding> shards(String shards) {
        String view = "{\"coordinators\":[],\"connected\":true,\"problems\":[],\"shards\":[" + shards + "]}";
        return CoordinatorVerdicts.shards(Json.readAnswer(view.getBytes(StandardCharsets.UTF_8), ClusterView.class));
    }

    @Test
    void nearlyFullHeapIsNoted() {
        assertThat(CoordinatorVerdicts.memory(Map.of("c1", new long[] {50 << 20, 100 << 20})))
                .isEqualTo(Finding.ok("memory", "c1 50 of 100 MiB"));
        assertThat(CoordinatorVerdicts.memory(Map.of("c1", new long[] {95 << 20, 100 << 20}))
                        .verdict())
                .isEqualTo(Verdict.NOTE);
        assertThat(CoordinatorVerdicts.memory(Map.of("c1", new long[] {95 << 20, 0}))
                        .verdict())
                .isEqualTo(Verdict.OK);
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
