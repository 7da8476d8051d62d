package io.leasehold.api;

import java.util.List;

/**
 * {@code GET /v1/cluster}.
 *
 * @param coordinators those alive, including who answers
 * @param ring how a worker finds its home: {@link io.leasehold.api.ring.HashRing} over the coordinators' ids
 * @param asOf epoch milliseconds
 * @param connected false while the answering coordinator cannot reach the cluster's store and this may be old
 * @param counts how many shards there were at first, and after each growth; the last is the present number
 * @param problems what is wrong with the topics, as the answering coordinator last saw them; empty if nothing is
 */
public record ClusterView(
        List<Coordinator> coordinators,
        Ring ring,
        List<ShardView> shards,
        long asOf,
        boolean connected,
        List<Integer> counts,
        List<String> problems) {

    /**
     * @param leaving true while it hands its shards over before it stops, else null
     * @param drained true if it is to have no shards until that is taken back, else null
     * @param foldVersion the newest version of the journal's rules that its release reads, or null if not known
     */
    public record Coordinator(String id, String url, Boolean leaving, Boolean drained, Integer foldVersion) {
        public Coordinator(String id, String url) {
            this(id, url, null, null, null);
        }
    }

    /**
     * @param hash {@code sha256-64}: the first 8 bytes of SHA-256
     * @param points virtual points for each coordinator
     */
    public record Ring(String hash, int points) {}

    /**
     * @param owner or null
     * @param url the owner's address, or null
     * @param status {@code active}, or why it is not
     * @param assigned who is to own it, or null
     * @param placed at whom an operator wants it, or null
     * @param unownedMs how long it had no owner before the present one: from the last record of the one before to the claim,
     *     by the broker's clock; null if not known or if there was none before
     * @param standby who follows the shard, to take it over should its owner die; or null
     * @param standbyReady whether the standby has read all there is and could take over at once, or null if not known
     * @param inboxLag how many submissions wait to be admitted, or null if not known
     * @param live tasks that have not ended, or null if not known
     * @param leased tasks that workers hold, or null if not known
     * @param problem what is wrong with it, or null
     * @param foldVersion the version of the rules by which its journal is read and written; a release that reads no version as
     *     high cannot have it; null if not known
     */
    public record ShardView(
            int shard,
            String owner,
            String url,
            long epoch,
            String status,
            String standby,
            Boolean standbyReady,
            Long inboxLag,
            Long live,
            Long leased,
            String problem,
            String assigned,
            String placed,
            Long unownedMs,
            Integer foldVersion) {}
}
