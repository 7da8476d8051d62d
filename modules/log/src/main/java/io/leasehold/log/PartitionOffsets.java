package io.leasehold.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker where partitions begin and end, without waiting for it. Thread-safe. */
final class PartitionOffsets {
    private static final Logger log = LoggerFactory.getLogger(PartitionOffsets.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Executor LATER = CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS);

    private final Admin admin;

    PartitionOffsets(Admin admin) {
        this.admin = admin;
    }

    /** Where the log starts now. Asks again for as long as it takes, while it is wanted. */
    void start(TopicPartition partition, BooleanSupplier wanted, LongConsumer answer) {
        ask(partition, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, wanted, answer);
    }

    /** Where the log ends now, open transactions included. Asks again as above. */
    void end(TopicPartition partition, BooleanSupplier wanted, LongConsumer answer) {
        ask(partition, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, wanted, answer);
    }

    /** Where a reader of committed records ends now. Asks again as above. */
    void committedEnd(TopicPartition partition, BooleanSupplier wanted, LongConsumer answer) {
        ask(partition, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, wanted, answer);
    }

    private void ask(
            TopicPartition partition,
            OffsetSpec spec,
            IsolationLevel isolation,
            BooleanSupplier wanted,
            LongConsumer answer) {
        admin.listOffsets(Map.of(partition, spec), new ListOffsetsOptions(isolation))
                .partitionResult(partition)
                .toCompletionStage()
                .whenComplete((ListOffsetsResultInfo found, Throwable cause) -> {
                    if (cause == null) {
                        answer.accept(found.offset());
                    } else if (wanted.getAsBoolean()) {
                        log.warn("{}: its offsets are not to be had: {}", partition, cause.toString());
                        LATER.execute(() -> ask(partition, spec, isolation, wanted, answer));
                    }
                });
    }
}
