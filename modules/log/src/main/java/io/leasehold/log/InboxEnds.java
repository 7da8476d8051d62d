package io.leasehold.log;

import io.leasehold.log.TopicHealth.InboxEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where all inboxes end, in one question: all partitions that the topic has by now, also those that are not shards yet, for
 * producers write there as soon as they see them.
 */
final class InboxEnds {
    private static final int TIMEOUT_MS = 5_000;

    private final Admin admin;
    private final String topic;
    private final String topicId;

    InboxEnds(Admin admin, String topic, String topicId) {
        this.admin = admin;
        this.topic = topic;
        this.topicId = topicId;
    }

    /**
     * One entry a partition, in order. The stable ends are asked after the others, so that only an open transaction, and no
     * record that came in between, makes one smaller.
     *
     * @return fails if a partition has no leader, or if the topic is another one by now
     */
    CompletionStage<List<InboxEnd>> ask() {
        return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                .topicNameValues()
                .get(topic)
                .toCompletionStage()
                .thenCompose(found -> {
                    Map<TopicPartition, OffsetSpec> ends = endsOf(found);
                    return ask(ends, IsolationLevel.READ_UNCOMMITTED)
                            .thenCompose(all ->
                                    ask(ends, IsolationLevel.READ_COMMITTED).thenApply(stable -> pair(stable, all)));
                });
    }

    private Map<TopicPartition, OffsetSpec> endsOf(TopicDescription found) {
        if (!found.topicId().toString().equals(topicId)) {
            throw new IllegalStateException(topic + " topic id: " + found.topicId() + " (expected: " + topicId + ")");
        }
        return IntStream.range(0, found.partitions().size())
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
    }

    private CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> ask(
            Map<TopicPartition, OffsetSpec> ends, IsolationLevel isolation) {
        return admin.listOffsets(ends, new ListOffsetsOptions(isolation).timeoutMs(TIMEOUT_MS))
                .all()
                .toCompletionStage();
    }

    private List<InboxEnd> pair(
            Map<TopicPartition, ListOffsetsResultInfo> stable, Map<TopicPartition, ListOffsetsResultInfo> all) {
        List<InboxEnd> ends = new ArrayList<>(all.size());
        for (int partition = 0; partition < all.size(); partition++) {
            TopicPartition one = new TopicPartition(topic, partition);
            ends.add(new InboxEnd(stable.get(one).offset(), all.get(one).offset()));
        }
        return ends;
    }
}
