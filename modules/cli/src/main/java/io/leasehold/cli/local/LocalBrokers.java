package io.leasehold.cli.local;

import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.ForkedBroker;
import io.leasehold.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** One Kafka cluster of one broker or several, each a process of its own on the loopback address. Not thread-safe. */
public final class LocalBrokers {
    private final List<ForkedBroker> brokers = new ArrayList<>();

    /** @param options applied to what each broker's options would be otherwise */
    public LocalBrokers(Path directory, int count, UnaryOperator<BrokerOptions> options) throws IOException {
        if (count == 1) {
            brokers.add(new ForkedBroker(options.apply(BrokerOptions.in(directory.resolve("kafka")))));
            return;
        }
        int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            ports[i] = FreePort.take();
        }
        String voters = IntStream.range(0, count)
                .mapToObj(i -> (i + 1) + "@127.0.0.1:" + ports[i])
                .collect(Collectors.joining(","));
        String clusterId = Uuid.randomUuid().toString();
        for (int i = 0; i < count; i++) {
            BrokerOptions own = BrokerOptions.in(directory.resolve("kafka-" + (i + 1)));
            brokers.add(new ForkedBroker(options.apply(own).asMember(i + 1, ports[i], voters, clusterId)));
        }
    }

    /** How many copies of each record its topics have: three where there are as many brokers. */
    int replicas() {
        return brokers.size() >= 3 ? 3 : 1;
    }

    void launch() throws IOException {
        for (ForkedBroker broker : brokers) {
            broker.launch();
        }
    }

    void awaitReady() throws IOException {
        for (ForkedBroker broker : brokers) {
            broker.awaitReady();
        }
    }

    public String bootstrapServers() {
        return brokers.stream().map(ForkedBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    public List<ForkedBroker> all() {
        return List.copyOf(brokers);
    }

    void kill() {
        brokers.stream().filter(ForkedBroker::isAlive).forEach(ForkedBroker::kill);
    }
}
