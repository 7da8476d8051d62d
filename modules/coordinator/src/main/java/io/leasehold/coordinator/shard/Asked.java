package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Refusal;

/** A command that somebody waits for. */
abstract class Asked<T> extends Command {
    final ShardLoop loop;
    final Answer<T> answer;

    Asked(ShardLoop loop, Answer<T> answer) {
        super(loop.monotonicMs());
        this.loop = loop;
        this.answer = answer;
    }

    Owner owner() {
        return loop.owner();
    }

    @Override
    void refuse(Refusal why) {
        answer.refused(why);
    }
}
