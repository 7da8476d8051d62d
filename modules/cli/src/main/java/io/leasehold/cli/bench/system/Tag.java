package io.leasehold.cli.bench.system;

import io.leasehold.api.RawJson;
import io.leasehold.api.Task;
import io.leasehold.api.TaskRequest;
import java.security.SecureRandom;

/**
 * What tells this bench's tasks in Leasehold apart from all others.
 *
 * @param text in the queue's name and in front of each id
 */
public record Tag(String text) {
    private static final int RADIX = 36;
    private static final int MANY = RADIX * RADIX * RADIX * RADIX * RADIX;

    /** One that no other bench has had, most likely. */
    public static Tag random() {
        return new Tag(Integer.toString(MANY + new SecureRandom().nextInt(MANY), RADIX));
    }

    public String queue() {
        return "bench-" + text;
    }

    TaskRequest task(Work work, long number) {
        return Task.of(queue(), new RawJson(work.payload(number)))
                .id(text + "-" + number)
                .priority(work.priority(number));
    }
}
