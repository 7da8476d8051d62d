package io.leasehold.cluster;

/**
 * Where things lie under the cluster's root. Other programs read these paths; add, do not rename.
 *
 * <pre>
 * coordinators/ID   ephemeral   {id, url, startedMs, leaving, foldVersion}
 * assignment        persistent  {version, shards: {"0": "c1", ...}, standbys: {"0": "c2", ...}}
 * owners/SHARD      persistent  {owner, url, epoch}; owner null once given up
 * caughtup/SHARD    ephemeral   the id of the coordinator that waits to take the shard over
 * witness/SHARD     persistent  {journalTopicId, inboxTopicId, epoch, base, end}: how far the journal had come at least
 * pin               persistent  {clusterId, shards, counts: [4, 8], journalTopicId, inboxTopicId}
 * directives        persistent  {drained: ["c3"], placed: {"0": "c2"}}: what operators asked for
 * assigner/...      ephemeral   the assigner's election
 * </pre>
 */
record ClusterPaths(String root) {

    String coordinators() {
        return root + "/coordinators";
    }

    String coordinator(String id) {
        return coordinators() + "/" + id;
    }

    String assignment() {
        return root + "/assignment";
    }

    String owners() {
        return root + "/owners";
    }

    String owner(int shard) {
        return owners() + "/" + shard;
    }

    String caughtUps() {
        return root + "/caughtup";
    }

    String caughtUp(int shard) {
        return caughtUps() + "/" + shard;
    }

    String witnesses() {
        return root + "/witness";
    }

    String witness(int shard) {
        return witnesses() + "/" + shard;
    }

    String pin() {
        return root + "/pin";
    }

    String directives() {
        return root + "/directives";
    }

    String assigner() {
        return root + "/assigner";
    }

    /** Whether a change of this node can change the map. */
    boolean shown(String path) {
        return path.equals(assignment())
                || path.equals(pin())
                || path.equals(directives())
                || path.startsWith(coordinators() + "/")
                || path.startsWith(owners() + "/")
                || path.startsWith(caughtUps() + "/")
                || path.startsWith(witnesses() + "/");
    }
}
