package io.leasehold.cli.verify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.leasehold.api.Json;
import io.leasehold.log.PartitionScan;
import io.leasehold.verify.EndedCopy;
import io.leasehold.verify.EndedTape;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** A shard's partition of the topic of ended tasks, read as any outside program would. */
final class ScannedEnds implements EndedTape {
    private static final long NO_NUMBER = -1;

    private final PartitionScan partition;
    private final long certainEnd;

    ScannedEnds(PartitionScan partition, long certainEnd) {
        this.partition = partition;
        this.certainEnd = certainEnd;
    }

    @Override
    public long start() {
        return partition.start();
    }

    @Override
    public long certainEnd() {
        return certainEnd;
    }

    @Override
    public void all(Consumer<EndedCopy> to) {
        partition.read(
                partition.start(),
                partition.end(),
                (offset, appendTimeMs, key, value, headers) -> to.accept(copy(offset, value, headers)));
    }

    private static EndedCopy copy(long offset, byte[] value, Headers headers) {
        try {
            Ended ended = Json.readAnswer(value, Ended.class);
            return new EndedCopy(offset, number(headers), ended.id(), ended.cause());
        } catch (UncheckedIOException e) {
            return new EndedCopy(offset, NO_NUMBER, "?", "?");
        }
    }

    private static long number(Headers headers) {
        Header header = headers.lastHeader("leasehold-number");
        String text = header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : NO_NUMBER;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Ended(String id, String cause) {}
}
