package io.leasehold.server;

import io.leasehold.log.TopicHealth.InboxEnd;
import java.util.ArrayList;
import java.util.List;

/**
 * For how long inboxes have been held back by an open transaction: each producer's own delays its inbox for a moment, and one
 * that is never ended for as long as the broker lets it. Not thread-safe.
 */
final class InboxStalls {
    private static final long FLOWS = -1;

    private List<InboxEnd> before = List.of();
    private final List<Long> sinceMs = new ArrayList<>();

    /** @return how long the inbox that has stood still longest has done so, in ms; 0 if none does */
    long longestMs(List<InboxEnd> inboxes, long nowMs) {
        long longest = 0;
        for (int shard = 0; shard < inboxes.size(); shard++) {
            if (shard == sinceMs.size()) {
                sinceMs.add(FLOWS);
            }
            InboxEnd now = inboxes.get(shard);
            boolean stands = shard < before.size() && before.get(shard).stable() == now.stable();
            if (!now.isHeldBack()) {
                sinceMs.set(shard, FLOWS);
            } else if (!stands || sinceMs.get(shard) == FLOWS) {
                sinceMs.set(shard, nowMs);
            }
            if (sinceMs.get(shard) != FLOWS) {
                longest = Math.max(longest, nowMs - sinceMs.get(shard));
            }
        }
        before = List.copyOf(inboxes);
        return longest;
    }
}
