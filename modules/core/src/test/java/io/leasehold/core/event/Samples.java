package io.leasehold.core.event;

import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One fact of every kind, by the name of its method in {@link Events}. */
final class Samples {
    static final TurnHeader HEADER = new TurnHeader(3, 0x0123456789abcdefL, 300, 1_800_000_000_000L, 0);

    private static final long FENCE = 1_800_000_000_000L * 2048;

    private Samples() {}

    static Map<String, Consumer<Events>> ofEachKind() {
        Map<String, Consumer<Events>> samples = new LinkedHashMap<>();
        samples.put("claimed", to -> to.claimed(claim()));
        samples.put("released", Events::released);
        samples.put("termsSet", to -> to.termsSet(3, 5_000));
        samples.put("timeSet", to -> to.timeSet(1_800_000_000_010L));
        samples.put("accepted", to -> to.accepted(7, task(), 1_800_000_000_001L));
        samples.put("inboxSettled", to -> to.inboxSettled(128, -1));
        samples.put("leased", to -> to.leased(7, FENCE, 30_000, "w-1", "p-1"));
        samples.put("completed", to -> to.completed(7, FENCE, 1_800_000_000_002L, true, Tasks.bytes("[1]")));
        samples.put("failed", to -> to.failed(7, FENCE, 1_800_000_001_000L, "boom"));
        samples.put("returned", to -> to.returned(7, FENCE, 1_800_000_000_003L));
        samples.put("leaseExpired", to -> to.leaseExpired(7, FENCE, true));
        samples.put("deadLettered", to -> to.deadLettered(7, EndCause.NOT_RETRYABLE, 1_800_000_000_004L));
        samples.put("expired", to -> to.expired(7, 1_800_000_000_005L));
        samples.put("cancelled", to -> to.cancelled(7, 1_800_000_000_006L));
        samples.put("redriven", to -> to.redriven(7, 8, 1_800_000_000_007L, Task.NO_DEADLINE));
        samples.put("purged", to -> to.purged(7));
        samples.put("endsPublished", to -> to.endsPublished(9));
        samples.put("based", to -> to.based(new Base(2, 128, 8, FENCE, 9, 8, claim())));
        samples.put("carried", to -> to.carried(carried(new Lease(30_000, "w-1", null), null)));
        samples.put("trimmed", to -> to.trimmed(new Trim(2, 300, 1_800_000_000_008L, 5)));
        samples.put("digested", to -> to.digested(0x0123456789abcdefL));
        return samples;
    }

    /** As of fold version 3. */
    static Claim claimWithTerms() {
        return claim().under(3, 5_000);
    }

    static Claim claimOf(int foldVersion) {
        return claim().under(foldVersion, 5_000);
    }

    private static Claim claim() {
        return new Claim("node-1", "kfk", "jrn", "inb", 4, 1, -2L, 2, 299);
    }

    /** A task that has seen much. */
    static Carried carried(Lease lease, End end) {
        return new Carried(
                7, task(), 1_800_000_000_001L, 1_800_000_000_009L, 3, 2, 1, FENCE, FENCE - 1, "boom", lease, end);
    }

    private static Task task() {
        return Tasks.id("é1")
                .queue("mail")
                .type("send")
                .priority(-5)
                .deadline(1_800_000_060_000L)
                .notBefore(1_800_000_000_500L)
                .payload(Tasks.bytes("{}"))
                .maxAttempts(3)
                .leaseMs(10_000)
                .backoff(100, 1.5, 9_000)
                .traceparent("00-ab-cd-01")
                .task();
    }

    static byte[] record(Consumer<Events> facts) {
        TurnWriter writer = new TurnWriter();
        writer.begin(HEADER);
        facts.accept(writer);
        return writer.toRecord();
    }
}
