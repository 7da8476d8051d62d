package io.leasehold.log;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the beginnings of partitions, without waiting for the broker. What fails is said in the log and left: whoever
 * wants it gone asks again later anyway. Thread-safe.
 */
final class Deletions {
    private static final Logger log = LoggerFactory.getLogger(Deletions.class);

    private final Admin admin;

    Deletions(Admin admin) {
        this.admin = admin;
    }

    void before(TopicPartition partition, long offset) {
        quietly(partition, delete(partition, offset));
    }

    /** Keeps what is younger than {@code historyMs}, but no more of it than about {@code historyBytes}. */
    void before(TopicPartition partition, long offset, long historyMs, long historyBytes) {
        if (historyMs <= 0) {
            before(partition, offset);
            return;
        }
        long since = System.currentTimeMillis() - historyMs;
        quietly(
                partition,
                offset(partition, OffsetSpec.forTimestamp(since))
                        .thenCombine(
                                newestOf(partition, offset, historyBytes),
                                (young, newest) -> Math.max(newest, young < 0 ? offset : Math.min(young, offset)))
                        .thenCompose(target -> delete(partition, target)));
    }

    /** Where the newest {@code bytes} below the offset begin, if the records of the partition are about equally large. */
    private CompletionStage<Long> newestOf(TopicPartition partition, long offset, long bytes) {
        return offset(partition, OffsetSpec.earliest())
                .thenCombine(offset(partition, OffsetSpec.latest()), (start, end) -> new long[] {start, end})
                .thenCombine(size(partition), (bounds, size) -> {
                    long records = bounds[1] - bounds[0];
                    return size <= bytes || records == 0 ? 0L : offset - (long) ((double) bytes / size * records);
                });
    }

    private CompletionStage<Long> offset(TopicPartition partition, OffsetSpec spec) {
        return admin.listOffsets(Map.of(partition, spec))
                .partitionResult(partition)
                .toCompletionStage()
                .thenApply(ListOffsetsResultInfo::offset);
    }

    /** Of the largest replica, in bytes; 0 if the brokers do not tell. */
    private CompletionStage<Long> size(TopicPartition partition) {
        return admin.describeCluster()
                .nodes()
                .toCompletionStage()
                .thenCompose(nodes -> admin.describeLogDirs(
                                nodes.stream().map(Node::id).toList())
                        .allDescriptions()
                        .toCompletionStage())
                .thenApply(brokers -> brokers.values().stream()
                        .flatMap(directories -> directories.values().stream())
                        .map(directory -> directory.replicaInfos().get(partition))
                        .mapToLong(replica -> replica == null ? 0 : replica.size())
                        .max()
                        .orElse(0))
                .exceptionally(cause -> {
                    log.warn(
                            "{}: its size is not to be had, history is kept by age alone: {}",
                            partition,
                            cause.toString());
                    return 0L;
                });
    }

    private CompletionStage<?> delete(TopicPartition partition, long offset) {
        if (offset <= 0) {
            return CompletableFuture.completedStage(null);
        }
        return admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                .lowWatermarks()
                .get(partition)
                .toCompletionStage();
    }

    private static void quietly(TopicPartition partition, CompletionStage<?> deletion) {
        deletion.whenComplete((done, cause) -> {
            if (cause != null) {
                log.warn("{}: what is no longer needed could not be deleted: {}", partition, cause.toString());
            }
        });
    }
}
