package io.leasehold.server.http;

import io.leasehold.api.RawJson;
import io.leasehold.api.TaskView.LeaseView;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.core.task.End;
import io.leasehold.core.task.Task;
import java.nio.charset.StandardCharsets;

/** What shards show, in the words of the wire. */
final class Views {
    private static final int LISTED_ERROR_LENGTH = 1_000;

    private Views() {}

    static io.leasehold.api.TaskView whole(TaskView view) {
        End end = view.end();
        return view(
                view,
                RawJson.orNull(view.task().payload()),
                end == null ? null : RawJson.orNull(end.result()),
                view.lastError(),
                orNull(end == null ? 0 : end.errorBytes()));
    }

    /** Without what may be long. */
    static io.leasehold.api.TaskView listed(TaskView view) {
        String error = view.lastError();
        int cutBytes = view.end() == null ? 0 : view.end().errorBytes();
        if (error == null || error.length() <= LISTED_ERROR_LENGTH) {
            return view(view, null, null, error, orNull(cutBytes));
        }
        int bytes = cutBytes > 0 ? cutBytes : error.getBytes(StandardCharsets.UTF_8).length;
        return view(view, null, null, beginning(error) + "...", bytes);
    }

    private static Integer orNull(int bytes) {
        return bytes == 0 ? null : Integer.valueOf(bytes);
    }

    /** Never half of a pair of surrogates, which could not be written as UTF-8. */
    private static String beginning(String error) {
        boolean splitsPair = Character.isHighSurrogate(error.charAt(LISTED_ERROR_LENGTH - 1));
        return error.substring(0, splitsPair ? LISTED_ERROR_LENGTH - 1 : LISTED_ERROR_LENGTH);
    }

    private static io.leasehold.api.TaskView view(
            TaskView view, RawJson payload, RawJson result, String error, Integer errorBytes) {
        Task task = view.task();
        End end = view.end();
        return new io.leasehold.api.TaskView(
                task.id(),
                view.shard(),
                task.queue(),
                task.type(),
                view.state().word(),
                task.priority(),
                task.hasDeadline() ? task.deadlineMs() : null,
                view.notBeforeMs() == 0 ? null : view.notBeforeMs(),
                task.maxAttempts(),
                task.leaseMs(),
                view.attempt(),
                view.failures(),
                view.expiries(),
                view.lease() == null
                        ? null
                        : new LeaseView(view.lease().worker(), view.lease().leaseMs(), view.fence()),
                end == null ? null : end.cause().word(),
                end != null && end.late() ? Boolean.TRUE : null,
                payload,
                result,
                end != null && end.result() == null ? Boolean.TRUE : null,
                orNull(end == null ? 0 : end.resultBytes()),
                error,
                errorBytes,
                view.acceptedMs(),
                end == null ? null : end.endedMs(),
                task.traceparent(),
                end != null && end.purged() ? Boolean.TRUE : null);
    }
}
