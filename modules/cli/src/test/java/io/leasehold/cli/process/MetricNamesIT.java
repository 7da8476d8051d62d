package io.leasehold.cli.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.api.Routes;
import io.leasehold.api.Task;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.monitoring.MonitoringFiles;
import io.leasehold.cli.monitoring.Selector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the dashboards and alerts ask for is there, under that name and with those labels, in a cluster that works. */
@Timeout(150)
class MetricNamesIT {
    private static final String QUEUE = "metrics";
    /** Made by Prometheus itself. */
    private static final Set<String> BY_PROMETHEUS = Set.of("up");

    private static Pair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = Pair.shared();
    }

    @Test
    void everyFigureOfDashboardsAndAlertsIsInALiveScrape() throws Exception {
        work();

        Set<String> missing = new TreeSet<>();
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            missing.clear();
            missing.addAll(missing(scrape()));
            assertThat(missing).isEmpty();
        });
    }

    @Test
    void whatAlertsCountBeginsBeforeAnythingHappens() throws Exception {
        Wire wire = Wire.to(pair.alive().get(0));
        String queue = "metrics-quiet";
        for (int i = 0; i < 20; i++) {
            assertThat(wire.submit(Task.of(queue, i).id("metrics-quiet-" + i))).isTrue();
        }

        List<String> lines = scrape().stream()
                .filter(line -> line.contains("queue=\"" + queue + "\""))
                .toList();

        for (String name : List.of(
                "leasehold_tasks_ended_total",
                "leasehold_tasks_failures_total",
                "leasehold_tasks_requeued_total",
                "leasehold_leases_expired_total",
                "leasehold_leases_granted_total")) {
            assertThat(lines)
                    .as(name)
                    .anyMatch(line -> line.startsWith(name + "{"))
                    .noneMatch(line -> line.startsWith(name + "{") && !line.endsWith(" 0.0"));
        }
    }

    /** A success, a failure, a dead letter, a lease that runs out, a heartbeat, and submissions that are refused. */
    private static void work() throws Exception {
        Wire wire = Wire.to(pair.alive().get(0));
        assertThat(wire.submit(Task.of(QUEUE, 1).id("metrics-1"))).isTrue();
        assertThat(wire.submit(Task.of(QUEUE, 1).id("metrics-2").maxAttempts(1)))
                .isTrue();
        assertThat(wire.submit(Task.of(QUEUE, 1).id("metrics-3").lease(Duration.ofSeconds(1))))
                .isTrue();
        assertThat(Coordinator.at(pair.alive().get(0).url(), Duration.ofSeconds(10))
                        .postForAnswer(Routes.TASKS, "{\"priority\":\"high\"}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(422);
        sendInvalid();

        List<Grant> grants = leaseAll(wire);
        for (Grant grant : grants) {
            switch (grant.task().id()) {
                case "metrics-1" -> {
                    wire.heartbeat("w", grant.lease());
                    wire.succeed("w", grant.lease(), "1");
                }
                case "metrics-2" -> wire.fail("w", grant.lease(), "no");
                default -> {}
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> wire.get("metrics-3").expiries() > 0
                        && "dead".equals(wire.get("metrics-2").state()));
    }

    private static List<Grant> leaseAll(Wire wire) {
        List<Grant> grants = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            for (CoordinatorChild child : pair.alive()) {
                grants.addAll(Wire.to(child).poll("w", QUEUE, 3, 200));
            }
            return grants.stream().map(grant -> grant.task().id()).distinct().count() == 3;
        });
        return grants;
    }

    private static void sendInvalid() throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", pair.cluster().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("leasehold.tasks", "metrics-bad", "{nonsense"))
                    .get(30, SECONDS);
        }
    }

    private static Set<String> missing(List<String> scrape) throws IOException {
        Set<String> missing = new TreeSet<>();
        MonitoringFiles.expressions().forEach((where, expression) -> {
            List<Selector> selectors = Selector.of(expression);
            assertThat(selectors).as(where).isNotEmpty();
            for (Selector selector : selectors) {
                if (!BY_PROMETHEUS.contains(selector.metric())
                        && scrape.stream().noneMatch(selector::matches)) {
                    missing.add(where + ": " + selector);
                }
            }
        });
        return missing;
    }

    private static List<String> scrape() {
        List<String> lines = new ArrayList<>();
        for (CoordinatorChild child : pair.alive()) {
            String text = new String(
                    Coordinator.at(child.url(), Duration.ofSeconds(10)).get(Routes.METRICS), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(lines::add);
        }
        return lines;
    }
}
