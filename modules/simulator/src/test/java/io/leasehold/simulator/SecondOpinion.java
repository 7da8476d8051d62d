package io.leasehold.simulator;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.verify.CounterExample;
import io.leasehold.verify.From;
import io.leasehold.verify.InboxTape;
import io.leasehold.verify.JournalTape;
import io.leasehold.verify.Rules;
import io.leasehold.verify.ShardVerdict;
import io.leasehold.verify.ShardVerification;
import io.leasehold.verify.Submitted;

/** What the verifier makes of a journal and its inbox, which it reads as an operator would, knowing nothing of the run. */
final class SecondOpinion {
    private final World world;

    SecondOpinion(World world) {
        this.world = world;
    }

    /** @throws Violation if it refutes a guarantee */
    void ask(int shard) {
        JournalTopic journal = world.journal(shard);
        ask(shard, From.BEGINNING, new Tape(journal, 0));
        ask(shard, From.NEWEST_BASE, new Tape(journal, 0));
        ask(shard, From.NEWEST_BASE, new Tape(journal, journal.start()));
    }

    private void ask(int shard, From from, JournalTape journal) {
        Rules rules = Rules.DEFAULT.withMaxExpiries(world.setup.policy().maxExpiries());
        ShardVerdict verdict = ShardVerification.run(shard, rules, from, journal, inbox(shard), null);
        if (!verdict.isProven()) {
            CounterExample first = verdict.broken().get(0);
            throw world.violation(
                    "verify " + first.guarantee().word(),
                    "shard " + shard + ", read from " + verdict.from() + ", at offset " + first.offset() + ": "
                            + first.what() + " " + first.facts());
        }
    }

    private InboxTape inbox(int shard) {
        InboxTopic inbox = world.inbox(shard);
        long[] next = {0};
        return (offset, to) -> {
            for (Arrival arrival : inbox.read(next[0], Math.min(offset, inbox.end()))) {
                boolean isRejected = inbox.isRejected(arrival.offset());
                to.accept(new Submitted(arrival.offset(), arrival.task().id(), 0, shards -> 0, isRejected));
            }
            next[0] = Math.max(next[0], offset);
        };
    }

    private record Tape(JournalTopic journal, long start) implements JournalTape {
        @Override
        public long end() {
            return journal.end();
        }

        @Override
        public void read(long from, long to, Listener listener) {
            for (JournalRecord record : journal.read(from, to)) {
                listener.record(record.offset(), record.appendTimeMs(), record.value());
            }
        }
    }
}
