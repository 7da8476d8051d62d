package io.leasehold.server;

import static io.leasehold.server.testkit.Questions.owners;
import static io.leasehold.server.testkit.Questions.poll;
import static io.leasehold.server.testkit.Questions.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.core.task.Home;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A task that Kafka acknowledged is known, or may be in an inbox; in whatever partition it lies, it is never unknown. */
class UnknownTaskIT extends CoordinatorCase {
    private static final int SHARDS = 4;
    private static final int TASKS = 100;

    @Test
    void acknowledgedTaskInAnyPartitionIsFoundAndCancelledAtOnce() throws Exception {
        findAndCancel(List.of(new Web(startAndAwait("c1").url())));
    }

    @Test
    void acknowledgedTaskIsFoundAndCancelledThroughEitherOfTwoCoordinators() throws Exception {
        Web one = new Web(startAndAwait("c1").url());
        Web two = new Web(start("c2").url());
        await().atMost(LONG)
                .until(() -> owners(one).equals(List.of(2, 2)) && owners(two).equals(List.of(2, 2)));

        findAndCancel(List.of(one, two));
    }

    private void findAndCancel(List<Web> webs) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < TASKS; i++) {
                Web web = webs.get(i / SHARDS % webs.size());
                String id = "t" + i;
                put(producer, id, Home.of(id, SHARDS) + i);
                if (i % 8 < 4) {
                    Reply found = web.get("/v1/tasks/" + id);
                    assertThat(found.status()).as(id + " " + found.text()).isEqualTo(200);
                }
                Reply cancelled = web.delete("/v1/tasks/" + id);
                assertThat(cancelled.status()).as(id + " " + cancelled.text()).isEqualTo(200);
            }
        }
        for (Web web : webs) {
            assertThat(web.post("/v1/poll", poll(0)).json().at("/leases")).isEmpty();
            unknownIsSaidForSure(web);
        }
    }

    private static void unknownIsSaidForSure(Web web) {
        long[] took = new long[TASKS];
        for (int i = 0; i < TASKS; i++) {
            long before = System.nanoTime();
            assertThat(web.get("/v1/tasks/nobody-" + i).status()).isEqualTo(404);
            took[i] = (System.nanoTime() - before) / 1_000;
        }
        assertThat(web.delete("/v1/tasks/nobody").status()).isEqualTo(404);
        Arrays.sort(took);
        System.out.println("unknown ids, us: p50 " + took[TASKS / 2] + ", p99 " + took[TASKS - 2]);
    }

    @Test
    void whatLiesBehindAnOpenTransactionIsNotAdmittedYetAndNeitherIsAnyOtherId() throws Exception {
        Web web = new Web(startAndAwait("c1").url());
        String misplaced = "behind";
        int home = Home.of(misplaced, SHARDS);
        String atHome = "held";
        try (KafkaProducer<byte[], byte[]> producer = producer();
                KafkaProducer<byte[], byte[]> transactional = transactional()) {
            transactional.beginTransaction();
            put(transactional, "in-it", home + 1);
            put(transactional, "in-it-too", Home.of(atHome, SHARDS));
            transactional.flush();
            put(producer, misplaced, home + 1);
            put(producer, atHome, Home.of(atHome, SHARDS));

            for (String id : List.of(misplaced, atHome, "nobody")) {
                for (Reply reply : List.of(web.get("/v1/tasks/" + id), web.delete("/v1/tasks/" + id))) {
                    assertThat(reply.status()).as(id).isEqualTo(503);
                    assertThat(reply.json().at("/code").asText()).isEqualTo("not-admitted-yet");
                }
            }
            transactional.commitTransaction();
        }
        await().atMost(LONG).until(() -> ready(web) == 4);
        assertThat(web.delete("/v1/tasks/" + misplaced).status()).isEqualTo(200);
        assertThat(web.get("/v1/tasks/nobody").status()).isEqualTo(404);
    }

    private KafkaProducer<byte[], byte[]> transactional() {
        KafkaProducer<byte[], byte[]> made = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", cluster),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        made.initTransactions();
        return made;
    }

    /** As a producer does that hashes in its own way. */
    private void put(KafkaProducer<byte[], byte[]> producer, String id, int partition) throws Exception {
        producer.send(new ProducerRecord<>(
                        cluster + ".tasks",
                        partition % SHARDS,
                        id.getBytes(StandardCharsets.UTF_8),
                        "{}".getBytes(StandardCharsets.UTF_8)))
                .get();
    }
}
