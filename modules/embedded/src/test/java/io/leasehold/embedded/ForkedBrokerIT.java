package io.leasehold.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkedBrokerIT {
    @TempDir
    Path directory;

    @Test
    void keepsItsPortItsIdAndItsTopicsOverAKill() throws Exception {
        try (ForkedBroker broker = broker()) {
            broker.start();
            String address = broker.bootstrapServers();
            createTopic(address, "kept");
            broker.kill();
            assertThat(broker.isAlive()).isFalse();

            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            try (Admin admin = admin(address)) {
                assertThat(admin.listTopics().names().get(30, SECONDS)).contains("kept");
                assertThat(admin.describeCluster().clusterId().get(30, SECONDS)).isEqualTo(broker.clusterId());
            }
        }
        try (ForkedBroker other = broker()) {
            assertThat(other.clusterId()).isNotEmpty();
            assertThat(other.bootstrapServers()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void standsStillWhilePausedAndGoesOnWhenResumed() throws Exception {
        try (ForkedBroker broker = broker()) {
            broker.start();
            BrokerProbe probe = new BrokerProbe(broker.bootstrapServers(), 1);
            broker.pause();
            assertThat(probe.answers()).isFalse();
            broker.resume();
            await().atMost(Duration.ofSeconds(30)).until(probe::answers);
        }
    }

    @Test
    void childrenEndWhenTheirParentIsKilled() throws Exception {
        Path output = directory.resolve("parent.out");
        try (ChildJvm parent = ChildJvm.of(ForkingParent.class.getName())
                .args(directory.toString())
                .logFile(directory.resolve("parent.log"))
                .outputFile(output)
                .start()) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> !parent.isAlive() || Files.readString(output).endsWith("\n"));
            List<ProcessHandle> children = Stream.of(
                            Files.readString(output).strip().split(" "))
                    .map(Long::parseLong)
                    .map(ProcessHandle::of)
                    .map(Optional::orElseThrow)
                    .toList();
            assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);

            parent.kill();

            await().atMost(Duration.ofSeconds(10)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void aBrokerThatCannotStartSaysWhyAtOnce() throws Exception {
        ForkedBroker broker = new ForkedBroker(BrokerOptions.in(directory.resolve("wrong"))
                .withJvmOptions(BrokerOptions.QUICK_START)
                .withSettings(Map.of("num.io.threads", "many")));
        assertThatThrownBy(broker::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with exit code")
                .hasMessageContaining("num.io.threads");
    }

    private ForkedBroker broker() throws IOException {
        return new ForkedBroker(
                BrokerOptions.in(directory.resolve("broker")).withJvmOptions(BrokerOptions.QUICK_START));
    }

    private static void createTopic(String bootstrapServers, String name) throws Exception {
        try (Admin admin = admin(bootstrapServers)) {
            admin.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get(30, SECONDS);
        }
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }
}
