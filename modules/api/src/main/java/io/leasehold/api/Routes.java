package io.leasehold.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The paths of the HTTP interface. */
public final class Routes {
    public static final int DEFAULT_PORT = 8470;

    public static final String TASKS = "/v1/tasks";
    public static final String POLL = "/v1/poll";
    public static final String HEARTBEAT = "/v1/heartbeat";
    public static final String REPORT = "/v1/report";
    public static final String HINT = "/v1/hint";
    public static final String QUEUES = "/v1/queues";
    public static final String DEAD = "/v1/dead";
    public static final String REDRIVE = "/v1/dead/redrive";
    public static final String PURGE = "/v1/dead/purge";
    public static final String CLUSTER = "/v1/cluster";
    public static final String INBOXES = "/v1/inboxes";
    public static final String GROW = "/v1/shards/grow";
    public static final String MOVE = "/v1/shards/move";
    public static final String DRAIN = "/v1/coordinators/drain";
    public static final String LIVE = "/livez";
    public static final String READY = "/readyz";
    public static final String METRICS = "/metrics";
    public static final String OPENAPI = "/openapi.json";

    private Routes() {}

    /**
     * The same, asked of one shard alone; between coordinators.
     *
     * @param shards how many there are, as far as who asks has heard
     * @param sure false: 404 already if the id is unknown so far
     */
    public static String task(String id, int shard, int shards, boolean sure) {
        return task(id) + "?shard=" + shard + "&shards=" + shards + (sure ? "" : "&sure=false");
    }

    /**
     * The largest page of queues.
     *
     * @param after the next of an earlier page, or null
     */
    public static String queues(String after) {
        String path = QUEUES + "?limit=" + Limits.MAX_QUEUES_PER_PAGE;
        return after == null ? path : path + "&after=" + encoded(after);
    }

    /** The path of one queue; its name is percent-encoded. */
    public static String queue(String queue) {
        return QUEUES + "/" + encoded(queue);
    }

    /** The path of one task; the id is percent-encoded. */
    public static String task(String id) {
        return TASKS + "/" + encoded(id);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
