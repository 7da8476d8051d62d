package io.leasehold.log;

import io.leasehold.core.task.Submission;
import java.util.Map;

/**
 * Reads a task as producers write it. Called from the thread that reads all inboxes of the process; an exception of any
 * kind, or a stack overflow, makes this record invalid and never stops a shard.
 */
@FunctionalInterface
public interface SubmissionReader {
    /**
     * @param id the record's key, or the id assigned to a record without one; valid UTF-8, otherwise unchecked
     * @param value the record's value, never null, at most the largest task long
     * @param headers the record's headers by name, the last one of each name; a missing value is empty
     * @throws InvalidSubmission if this is not a task; the message says why
     */
    Submission read(String id, byte[] value, Map<String, byte[]> headers) throws InvalidSubmission;
}
