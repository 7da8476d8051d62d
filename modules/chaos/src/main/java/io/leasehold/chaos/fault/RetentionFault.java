package io.leasehold.chaos.fault;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Somebody lets Kafka delete the journal after a while: coordinators must say that this is wrong. */
final class RetentionFault {
    private static final String KEY = "retention.ms";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 200;
    private static final long ADMIN_SECONDS = 20;

    private final String bootstrapServers;
    private final List<String> urls;

    RetentionFault(String bootstrapServers, List<String> urls) {
        this.bootstrapServers = bootstrapServers;
        this.urls = urls;
    }

    Healing strike() throws Exception {
        String before = value();
        set("604800000");
        return () -> {
            boolean alarm = awaitAlarm();
            set(before);
            if (!alarm) {
                throw new IllegalStateException(
                        KEY + " of the journal was set, and no coordinator named it as a problem "
                                + "(expected: an alarm within " + PATIENCE.toSeconds() + " s)");
            }
            return "alarm raised";
        };
    }

    /** Coordinators look once a second, here; on a machine that has much to do it takes them longer. */
    private boolean awaitAlarm() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (urls.stream().noneMatch(RetentionFault::complains)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        return true;
    }

    private static boolean complains(String url) {
        try {
            byte[] body = Coordinator.at(URI.create(url), TIMEOUT).get(Routes.CLUSTER);
            return Json.readAnswer(body, ClusterView.class).problems().stream()
                    .anyMatch(problem -> problem.contains(KEY));
        } catch (Failure e) {
            return false;
        }
    }

    private String value() throws Exception {
        try (Admin admin = admin()) {
            return admin.describeConfigs(List.of(journal()))
                    .all()
                    .get(ADMIN_SECONDS, TimeUnit.SECONDS)
                    .get(journal())
                    .get(KEY)
                    .value();
        }
    }

    private void set(String value) throws Exception {
        AlterConfigOp op = new AlterConfigOp(new ConfigEntry(KEY, value), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(journal(), List.of(op))).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private static ConfigResource journal() {
        return new ConfigResource(ConfigResource.Type.TOPIC, Journal.TOPIC);
    }
}
