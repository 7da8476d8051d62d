package io.leasehold.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.api.Json;
import io.leasehold.api.TaskView;
import io.leasehold.client.TaskClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds what the cluster says against what is true. */
final class Audit {
    static final String POISON = "poison";

    private final TaskClient client;
    private final Map<String, List<Ended>> ends;
    private final List<String> differences = new ArrayList<>();
    private int digestsEqual;
    private int endedOnce;
    private int retried;
    private int expiries;
    private long bytes;

    /** @param ends all ends that the topic tells of, by task */
    Audit(TaskClient client, Map<String, List<Ended>> ends) {
        this.client = client;
        this.ends = ends;
    }

    /** Checks all tasks. */
    void check(List<FileTask> files) throws IOException {
        for (FileTask file : files) {
            check(file);
        }
        checkPoison();
        if (ends.size() > files.size() + 1) {
            differences.add("ended: " + ends.size() + " tasks (expected: " + (files.size() + 1) + ")");
        }
    }

    List<String> differences() {
        return differences;
    }

    int digestsEqual() {
        return digestsEqual;
    }

    int endedOnce() {
        return endedOnce;
    }

    int retried() {
        return retried;
    }

    int expiries() {
        return expiries;
    }

    long bytes() {
        return bytes;
    }

    /** How the poison task ended. */
    String poison() {
        Ended end = onlyEnd(POISON);
        return end == null
                ? "not ended"
                : end.state() + " (" + end.cause() + ") after " + end.expiries() + " dead workers";
    }

    private void check(FileTask file) throws IOException {
        Ended end = onlyEnd(file.id());
        if (end == null) {
            return;
        }
        endedOnce++;
        retried += end.failures();
        expiries += end.expiries();
        FileTask.Digest truth = Sha256.of(file.path());
        bytes += truth.bytes();
        expect(file.id() + ", state in the topic", end.state(), "completed");
        boolean equal = expect(file.id() + ", digest in the topic", end.result(), truth);
        TaskView view = view(file.id());
        if (view != null) {
            expect(file.id() + ", state by the coordinator", view.state(), "completed");
            equal &= expect(file.id() + ", digest by the coordinator", digest(view), truth);
            digestsEqual += equal ? 1 : 0;
        }
        if (file.failsAtFirst() && end.attempt() <= DemoWorker.FAILS_AT_FIRST) {
            differences.add(file.id() + ", attempts: " + end.attempt() + " (expected: more than "
                    + DemoWorker.FAILS_AT_FIRST + ", for those fail)");
        }
    }

    private void checkPoison() {
        Ended end = onlyEnd(POISON);
        if (end != null) {
            expiries += end.expiries();
            expect(POISON + ", state", end.state(), "dead");
            expect(POISON + ", cause", end.cause(), "expiries-exhausted");
        }
    }

    private Ended onlyEnd(String id) {
        List<Ended> all = ends.getOrDefault(id, List.of());
        if (all.size() == 1) {
            return all.get(0);
        }
        String difference = id + ", ends: " + all.size() + " (expected: 1)";
        if (!differences.contains(difference)) {
            differences.add(difference);
        }
        return null;
    }

    /** As a coordinator tells it; the client asks again while shards are moving. */
    private TaskView view(String id) {
        TaskView view = client.get(id).orElse(null);
        if (view == null) {
            differences.add(id + ", asked of a coordinator: unknown (expected: known)");
        }
        return view;
    }

    private static FileTask.Digest digest(TaskView view) throws IOException {
        if (view.result() == null) {
            return null;
        }
        JsonNode json = Json.answers().readTree(view.result().utf8());
        return new FileTask.Digest(
                json.path("sha256").asText(), json.path("bytes").asLong());
    }

    private boolean expect(String what, Object found, Object expected) {
        if (expected.equals(found)) {
            return true;
        }
        differences.add(what + ": " + found + " (expected: " + expected + ")");
        return false;
    }
}
