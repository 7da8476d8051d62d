package io.leasehold.verify;

/** Holds the inbox against what is known when a part of it is settled: each submission there must be known by then. */
final class InboxCheck {
    private final int shard;
    private final Ledger ledger;
    private final InboxTape inbox;
    private boolean begun;

    /** @param inbox or null */
    InboxCheck(int shard, Ledger ledger, InboxTape inbox) {
        this.shard = shard;
        this.ledger = ledger;
        this.inbox = inbox;
    }

    void settled(long nextOffset, int leaderEpoch) {
        long before = ledger.inboxOffset;
        if (nextOffset <= before) {
            ledger.broken(
                    Guarantee.INBOX_POSITION,
                    "inbox position: " + nextOffset + " (expected: more than " + before + ")");
            return;
        }
        ledger.inboxOffset = nextOffset;
        if (leaderEpoch >= 0 && leaderEpoch < ledger.inboxLeaderEpoch) {
            ledger.broken(
                    Guarantee.INBOX_POSITION,
                    "leader epoch of the inbox position: " + leaderEpoch + " (expected: at least "
                            + ledger.inboxLeaderEpoch + ")");
        }
        ledger.inboxLeaderEpoch = leaderEpoch;
        if (inbox == null) {
            return;
        }
        if (!begun) {
            inbox.below(before, submitted -> ledger.tally.add(Count.INBOX_NOT_JUDGED));
            begun = true;
        }
        inbox.below(nextOffset, this::judge);
    }

    /** When there were fewer shards, as this journal's claims say: then its owner had to send it on. */
    private boolean wasAtHomeElsewhere(Submitted submitted) {
        return ledger.shardCounts.stream()
                .anyMatch(count ->
                        count < submitted.shards() && submitted.homeAmong().applyAsInt(count) != shard);
    }

    private void judge(Submitted submitted) {
        if (ledger.byId.containsKey(submitted.id())) {
            ledger.tally.add(Count.INBOX_CHECKED);
        } else if (submitted.isRejected()) {
            ledger.tally.add(Count.INBOX_REJECTED);
        } else if (ledger.partial || wasAtHomeElsewhere(submitted)) {
            // It was sent on; or it may be a duplicate of one that is still to be carried, or is forgotten by then.
            ledger.tally.add(Count.INBOX_NOT_JUDGED);
        } else {
            ledger.broken(
                    Guarantee.INBOX,
                    "task " + submitted.id() + " at inbox offset " + submitted.offset() + ": unknown when "
                            + ledger.inboxOffset + " is settled (expected: admitted, known already, or rejected)");
        }
    }
}
