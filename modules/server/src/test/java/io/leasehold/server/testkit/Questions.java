package io.leasehold.server.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tests ask a cluster over HTTP. */
public final class Questions {
    private Questions() {}

    public static long ready(Web web) {
        return web.get("/v1/queues/default").json().at("/queues/0/states/ready").asLong();
    }

    public static long active(Web web) {
        return web.get("/v1/cluster").json().at("/shards").findValuesAsText("status").stream()
                .filter("active"::equals)
                .count();
    }

    /** How many shards each owner has, the fewest first. */
    public static List<Integer> owners(Web web) {
        Map<String, Integer> counts = new HashMap<>();
        web.get("/v1/cluster")
                .json()
                .at("/shards")
                .findValuesAsText("owner")
                .forEach(owner -> counts.merge(owner, 1, Integer::sum));
        return counts.values().stream().sorted().toList();
    }

    public static String poll(int waitMs) {
        return "{\"worker\":\"w\",\"queues\":[\"default\"],\"max\":1,\"waitMs\":" + waitMs + "}";
    }
}
