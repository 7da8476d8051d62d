package io.leasehold.cli.bench.system;

import io.leasehold.cli.Failure;
import io.leasehold.producer.LeaseholdProducer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Tasks on their way to Leasehold through Kafka. */
public final class InboxSubmissions implements Target.Producer {
    private final LeaseholdProducer producer;
    private final Tag tag;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    public InboxSubmissions(String bootstrapServers, Tag tag) {
        this.producer = LeaseholdProducer.create(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "batch.size", 1 << 17));
        this.tag = tag;
    }

    @Override
    public void submit(Work work, long number) {
        producer.enqueue(tag.task(work, number)).whenComplete((id, error) -> failure.compareAndSet(null, error));
    }

    @Override
    public void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new Failure("submissions failed: " + failure.get().getMessage(), failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
