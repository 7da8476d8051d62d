package io.leasehold.server.testkit;

import io.leasehold.api.InvalidRequest;
import io.leasehold.server.http.OperationFailedException;
import io.leasehold.server.http.Operations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what is asked for. Coordinator {@code nobody} is unknown, and of 13 shards the store cannot be reached. */
public final class RecordedOperations implements Operations {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void drain(String coordinator, boolean drain) throws InvalidRequest {
        known("coordinator", coordinator);
        asked.add((drain ? "drain " : "undrain ") + coordinator);
    }

    @Override
    public void place(int shard, String to) throws InvalidRequest {
        known("to", to);
        asked.add("shard " + shard + " to " + to);
    }

    @Override
    public void grow(int shards) throws OperationFailedException {
        if (shards == 13) {
            throw new OperationFailedException("away; it is safe to ask again", null);
        }
        asked.add("grow to " + shards);
    }

    private static void known(String field, String id) throws InvalidRequest {
        if ("nobody".equals(id)) {
            throw new InvalidRequest(field, id, "one of [c1]");
        }
    }
}
