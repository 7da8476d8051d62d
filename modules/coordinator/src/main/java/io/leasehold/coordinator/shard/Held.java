package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Refusal;

/** An answer that waits at the gate until its turn's record is effective. */
record Held<T>(Answer<T> answer, T value) {
    void release() {
        answer.done(value);
    }

    void refuse(Refusal why) {
        answer.refused(why);
    }
}
