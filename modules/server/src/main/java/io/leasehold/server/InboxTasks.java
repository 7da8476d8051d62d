package io.leasehold.server;

import io.leasehold.api.InvalidTask;
import io.leasehold.api.TaskReader;
import io.leasehold.api.TaskSpec;
import io.leasehold.api.Traceparent;
import io.leasehold.core.task.Home;
import io.leasehold.core.task.Submission;
import io.leasehold.log.InvalidSubmission;
import io.leasehold.log.SubmissionReader;
import io.leasehold.server.http.Submissions;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the records of the inbox with the reader that also takes tasks over HTTP. Stateless. */
public final class InboxTasks implements SubmissionReader {
    /** Size is checked before a record gets here. */
    private final TaskReader reader = new TaskReader(Integer.MAX_VALUE);

    @Override
    public Submission read(String id, byte[] value, Map<String, byte[]> headers) throws InvalidSubmission {
        try {
            byte[] key = Home.isAssigned(id) ? null : id.getBytes(StandardCharsets.UTF_8);
            byte[] trace = headers.get(Traceparent.HEADER);
            TaskSpec task = reader.readRecord(key, value)
                    .tracedBy(trace == null ? null : new String(trace, StandardCharsets.ISO_8859_1));
            return Submissions.of(task, task.id() == null ? id : task.id());
        } catch (InvalidTask e) {
            throw new InvalidSubmission(e.getMessage());
        }
    }
}
