package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.api.Json;
import io.leasehold.api.Outcome;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.QueuesView;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.Routes;
import io.leasehold.client.transport.Transport;
import io.leasehold.client.transport.VertxTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Clients who reach the port, or may submit, try to end a coordinator of 256 MiB. Each attack is one that did. While it
 * stands, the coordinator must live, say so within a second, and serve an honest client.
 */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileClientsIT {
    private static final int MIB = 1 << 20;
    private static final Duration AT_MOST = Duration.ofSeconds(15);

    private static final String POLLS = "leasehold_polls_parked ";

    /** Answers of 480 KB each. */
    private static final int MORE_THAN_THE_HEAP = 600;

    /** Four shards have 10,000 each. */
    private static final int MORE_QUEUES_THAN_MAY_BE = 50_000;

    /** A server that ends the connection over each of them is not asked all. */
    private static final Duration METHODS_AT_MOST = Duration.ofSeconds(6);

    /** How many more descriptors than connections it may have for anything else. */
    private static final int OTHER_DESCRIPTORS = 64;

    private final Attackers attackers = new Attackers();
    private Besieged besieged;

    private long beganNs;

    @BeforeEach
    void rise() throws IOException {
        besieged = Besieged.ready();
        beganNs = System.nanoTime();
    }

    @AfterEach
    void leave(TestInfo attack) throws IOException {
        attackers.close();
        System.out.printf(
                "%s: %.1f s%n", attack.getTestMethod().orElseThrow().getName(), (System.nanoTime() - beganNs) / 1e9);
    }

    @Test
    void aClientThatTakesNoneOfItsAnswersIsNotWaitedForInMemory() throws IOException {
        SlowReader reader = slowReader();

        reader.get(largeTask(), MORE_THAN_THE_HEAP);
        reader.awaitHeads();

        besieged.assertUnharmed();
    }

    @Test
    void manyClientsThatTakeNoneOfTheirAnswersAreNotWaitedForInMemory() throws Exception {
        String path = largeTask();
        List<SlowReader> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readers.add(slowReader());
        }

        readers.forEach(reader -> reader.get(path, MORE_THAN_THE_HEAP / readers.size()));
        attackers.together(
                readers.stream().<Runnable>map(reader -> reader::awaitHeads).toList(), AT_MOST);

        besieged.assertUnharmed();
    }

    @Test
    void submissionsThatNeverComeToTheirEndAreNotKeptWhateverTheyAnnounce() throws InterruptedException {
        unfinished(12, 16 * MIB, 15 * MIB, Routes.TASKS);

        besieged.assertUnharmed();
    }

    @Test
    void bodiesThatNeverComeToTheirEndAreNotKeptWhereverTheyGo() throws InterruptedException {
        unfinished(24, 16 * MIB, 15 * MIB, Routes.TASKS, Routes.POLL, Routes.HEARTBEAT, Routes.REPORT);

        besieged.assertUnharmed();
    }

    @Test
    void inventedMethodsLeaveNothingBehind() throws InterruptedException {
        int threads = 4;
        int each = 2_000;
        InetSocketAddress to = besieged.address();

        attackers.together(
                IntStream.range(0, threads)
                        .<Runnable>mapToObj(
                                i -> () -> attackers.inventedMethods(to, i * each, each, 1_400, METHODS_AT_MOST))
                        .toList(),
                AT_MOST);

        assertNoMethodIsAFigure();
        besieged.assertUnharmed();
    }

    @Test
    void aFewInventedMethodsAreNoFiguresEither() {
        attackers.inventedMethods(besieged.address(), 0, 200, 0, AT_MOST);

        assertNoMethodIsAFigure();
        besieged.assertUnharmed();
    }

    @Test
    void silentConnectionsCountFromTheStart() throws IOException {
        InetSocketAddress to = outerAddress();
        int before = descriptors();

        assertThat(attackers.stayInSilence(to, 1_000)).isPositive();

        besieged.assertUnharmed();
        Awaitility.await("no more descriptors than connections that may be")
                .atMost(AT_MOST)
                .untilAsserted(() -> assertThat(descriptors() - before)
                        .isLessThanOrEqualTo(Besieged.MAX_CONNECTIONS + OTHER_DESCRIPTORS));
    }

    @Test
    void oneClientWithAllConnectionsKeepsNobodyElseOut() throws IOException {
        int open = attackers.takeAllPlaces(outerAddress(), Besieged.MAX_CONNECTIONS + 20);

        assertThat(open).isPositive();

        besieged.assertUnharmed();
    }

    @Test
    void pollsThatNamedAnotherQueueTooAreForgottenOnceTheyAreServed() throws Exception {
        int rounds = 8;
        int atOnce = 100;
        try (Transport transport = new VertxTransport(2 * atOnce)) {
            for (int round = 0; round < rounds; round++) {
                servedPolls(transport, round, atOnce);
            }
        }

        besieged.assertUnharmed();
        assertThat(instances("io.leasehold.coordinator.desk.PollTicket"))
                .as("polls in memory, of " + rounds * atOnce + " that were served")
                .isLessThan(atOnce);
    }

    /** The broker may be what dies, or a reader of what it has kept. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aRecordThatUnpacksToMoreThanTheHeapEndsNobody() throws InterruptedException {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                besieged.cluster().bootstrapServers(),
                "compression.type",
                "gzip",
                "max.request.size",
                256 * MIB,
                "buffer.memory",
                256 * MIB,
                "max.block.ms",
                5_000,
                "request.timeout.ms",
                5_000,
                "delivery.timeout.ms",
                8_000);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("leasehold.tasks", "bomb", new byte[100_000_000]))
                    .get();
        } catch (ExecutionException e) {
            // refused, which is as good
        }

        besieged.assertUnharmed();
    }

    /** What it leaves in the journal is there for the next owner too: it is the last one. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aQueueForEachTaskEndsNobodyWhoAsksForQueues() throws Exception {
        holdThePlaceOfTheHonestQueue();
        int arrays = MORE_QUEUES_THAN_MAY_BE / 1_000;
        int refused = 0;
        try (Transport transport = new VertxTransport()) {
            for (int i = 0; i < arrays; i++) {
                int from = i * 1_000;
                String tasks = IntStream.range(from, from + 1_000)
                        .mapToObj(n -> "{\"id\":\"t" + n + "\",\"queue\":\"queue-of-its-own-" + n + "\",\"payload\":1}")
                        .collect(Collectors.joining(",", "[", "]"));
                Transport.Answer answer = transport
                        .send(Transport.Request.post(
                                besieged.url().toString(), Routes.TASKS, Attackers.ascii(tasks), 15_000))
                        .get();
                refused += new String(answer.body()).contains("too-many-queues") ? 1 : 0;
            }
        }
        QueuesView all = QueuesView.ofPages(
                after -> Json.readAnswer(besieged.get(Routes.queues(after)).getBytes(), QueuesView.class));

        assertThat(refused).as("arrays of which tasks were refused").isPositive();
        assertThat(all.queues()).hasSizeBetween(1_000, MORE_QUEUES_THAN_MAY_BE);
        besieged.assertUnharmed();
    }

    /** A queue without tasks gives its place back, and then the attackers have it: in each shard one stays. */
    private void holdThePlaceOfTheHonestQueue() {
        String tasks = IntStream.range(0, 40)
                .mapToObj(i -> "{\"id\":\"later-" + i + "\",\"queue\":\"honest\",\"delayMs\":3600000,\"payload\":1}")
                .collect(Collectors.joining(",", "[", "]"));
        besieged.post(Routes.TASKS, tasks);
    }

    private SlowReader slowReader() throws IOException {
        return new SlowReader(attackers.connect(besieged.address()), besieged.address());
    }

    /** The path of a task of some 480 KB. */
    private String largeTask() {
        String part = "\"" + "x".repeat(96_000) + "\"";
        String payload = String.join(",", Collections.nCopies(5, part));
        besieged.post(Routes.TASKS, "{\"id\":\"large\",\"queue\":\"large\",\"payload\":[" + payload + "]}");
        return Routes.task("large");
    }

    private void unfinished(int count, int announced, int sent, String... paths) throws InterruptedException {
        InetSocketAddress to = besieged.address();
        attackers.together(
                IntStream.range(0, count)
                        .<Runnable>mapToObj(
                                i -> () -> attackers.unfinishedBody(to, paths[i % paths.length], announced, sent))
                        .toList(),
                AT_MOST);
    }

    private InetSocketAddress outerAddress() throws IOException {
        var outer = besieged.outerAddress();
        assumeTrue(
                outer.isPresent(),
                "skipped: this machine has no address but the loopback, which has no share to keep to");
        return outer.get();
    }

    private void assertNoMethodIsAFigure() {
        assertThat(besieged.get(Routes.METRICS)).doesNotContain(Attackers.INVENTED);
    }

    /** Polls that wait for a queue that is common to all and one of their own, and a task of the common one for each. */
    private void servedPolls(Transport transport, int round, int count) throws Exception {
        String url = besieged.url().toString();
        List<CompletableFuture<Transport.Answer>> polls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PollRequest poll =
                    new PollRequest("w" + i, List.of("common", "own-" + round + "-" + i), 1, 20_000L, null, null, null);
            polls.add(transport.send(Transport.Request.post(url, Routes.POLL, Json.write(poll), 25_000)));
        }
        Awaitility.await("polls wait")
                .atMost(AT_MOST)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> waiting() == count);
        String tasks = IntStream.range(0, count)
                .mapToObj(i -> "{\"queue\":\"common\",\"payload\":1}")
                .collect(Collectors.joining(",", "[", "]"));
        transport
                .send(Transport.Request.post(url, Routes.TASKS, Attackers.ascii(tasks), 25_000))
                .get();
        List<ReportRequest.Entry> reports = new ArrayList<>();
        for (CompletableFuture<Transport.Answer> poll : polls) {
            PollAnswers.read(poll.get().body())
                    .leases()
                    .forEach(grant -> reports.add(
                            new ReportRequest.Entry(grant.lease(), Outcome.SUCCESS, null, null, null, null)));
        }
        assertThat(reports).hasSize(count);
        transport
                .send(Transport.Request.post(url, Routes.REPORT, Json.write(new ReportRequest("w", reports)), 25_000))
                .get();
    }

    private int waiting() {
        return besieged.get(Routes.METRICS)
                .lines()
                .filter(line -> line.startsWith(POLLS))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(POLLS.length())))
                .sum();
    }

    private int descriptors() throws IOException {
        Path all = Path.of("/proc", Long.toString(besieged.pid()), "fd");
        assumeTrue(Files.isDirectory(all), "skipped: there is no " + all + " here, which counts descriptors");
        try (Stream<Path> each = Files.list(all)) {
            return (int) each.count();
        }
    }

    /** How many objects of the class the coordinator has in memory, once what is garbage is gone. */
    private int instances(String className) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(besieged.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes());
        assertThat(jcmd.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("java.lang.String");
        return said.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(line -> line.length >= 4 && line[3].equals(className))
                .mapToInt(line -> Integer.parseInt(line[1]))
                .sum();
    }
}
