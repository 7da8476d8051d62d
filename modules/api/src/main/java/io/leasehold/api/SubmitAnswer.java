package io.leasehold.api;

/**
 * The answer to one submitted task; for an array of tasks, an array of these in the same order.
 *
 * @param duplicate true if the id was known already, else null; nothing was changed then
 * @param error if this task was refused; then id and shard are null, unless they are known
 */
public record SubmitAnswer(String id, Integer shard, Boolean duplicate, Problem error) {
    public static SubmitAnswer accepted(String id, int shard, boolean duplicate) {
        return new SubmitAnswer(id, shard, duplicate ? Boolean.TRUE : null, null);
    }

    public static SubmitAnswer refused(String id, Problem error) {
        return new SubmitAnswer(id, null, null, error);
    }
}
