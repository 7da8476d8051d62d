package io.leasehold.verify;

/** Reads one shard's journal from where it is to be read to its end. */
public final class ShardVerification {
    private ShardVerification() {}

    /**
     * @param inbox what the settled part of the inbox is held against, or null
     * @param ended what the ends are held against, or null
     */
    public static ShardVerdict run(
            int shard, Rules rules, From from, JournalTape journal, InboxTape inbox, EndedTape ended) {
        long start = from.find(journal);
        if (start == From.NOWHERE) {
            ShardVerifier verifier = new ShardVerifier(shard, rules, journal.start(), null, false);
            verifier.noStart(journal.start(), journal.end());
            return verifier.verdict();
        }
        ShardVerifier verifier = new ShardVerifier(shard, rules, start, inbox, ended != null);
        journal.read(start, journal.end(), (offset, appendTimeMs, value) -> verifier.record(offset, value));
        if (ended != null) {
            verifier.ended(ended);
        }
        return verifier.verdict();
    }
}
