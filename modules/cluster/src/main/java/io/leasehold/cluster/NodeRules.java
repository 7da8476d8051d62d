package io.leasehold.cluster;

import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.Directives;
import io.leasehold.coordinator.port.Witness;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * What a node's content must be to be believed, once it is JSON of its kind: anybody who reaches ZooKeeper may have written
 * it. Each rule says what is wrong, as {@code field: value (expected: ...)}, or null.
 */
final class NodeRules {
    private static final int MOST_URL_CHARS = 300;
    private static final int MOST_TOPIC_ID_CHARS = 100;
    private static final int MOST_PORT = 65_535;
    private static final int SHOWN_CHARS = 100;

    private NodeRules() {}

    static String member(Member member) {
        String id = id("id", member.id());
        String url = url("url", member.url());
        return first(id, url, notNegative("startedMs", member.startedMs()));
    }

    static String owner(OwnerNode owner) {
        String epoch = notNegative("epoch", owner.epoch());
        return owner.owner() == null ? epoch : first(id("owner", owner.owner()), url("url", owner.url()), epoch);
    }

    static String assignment(AssignmentNode assignment) {
        return first(
                notNegative("version", assignment.version()),
                places("shards", assignment.shards()),
                places("standbys", assignment.standbys()));
    }

    static String directives(Directives directives) {
        for (String drained : directives.drained()) {
            if (id("drained", drained) != null) {
                return id("drained", drained);
            }
        }
        return places("placed", directives.placed());
    }

    static String pin(Pin pin) {
        List<Integer> counts = pin.counts();
        for (int i = 0; i < counts.size(); i++) {
            int least = i == 0 ? 1 : counts.get(i - 1) + 1;
            if (counts.get(i) < least || counts.get(i) > ClusterOptions.MAX_SHARDS) {
                return wrong("counts", counts, "each more than the one before, 1 to " + ClusterOptions.MAX_SHARDS);
            }
        }
        return first(
                counts.get(counts.size() - 1) == pin.shards()
                        ? null
                        : wrong("shards", pin.shards(), "the last of the counts " + shown(counts)),
                topicId("clusterId", pin.clusterId()),
                topicId("journalTopicId", pin.journalTopicId()),
                topicId("inboxTopicId", pin.inboxTopicId()));
    }

    static String witness(Witness witness) {
        return first(
                topicId("journalTopicId", witness.journalTopicId()),
                topicId("inboxTopicId", witness.inboxTopicId()),
                notNegative("epoch", witness.epoch()),
                notNegative("base", witness.base()),
                witness.end() >= witness.base()
                        ? null
                        : wrong("end", witness.end(), "at least the base, " + witness.base()));
    }

    /** Of a coordinator, wherever one is named. */
    static String id(String field, String id) {
        return ClusterOptions.isId(id) ? null : wrong(field, id, ClusterOptions.ID_EXPECTED);
    }

    private static String url(String field, String url) {
        // Who wrote a password into it shall not find it in the log.
        String shown = url == null ? null : url.replaceAll("//[^/]*@", "//...@");
        return isUrl(url) ? null : wrong(field, shown, "http://host:port or https://host:port");
    }

    private static boolean isUrl(String url) {
        if (url == null || url.length() > MOST_URL_CHARS) {
            return false;
        }
        try {
            URI uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= MOST_PORT);
            return http && port && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String places(String field, Map<Integer, String> places) {
        for (Map.Entry<Integer, String> place : places.entrySet()) {
            int shard = place.getKey();
            if (shard < 0 || shard >= ClusterOptions.MAX_SHARDS) {
                return wrong(field, shard, "shards from 0 to " + (ClusterOptions.MAX_SHARDS - 1));
            }
            String id = id(field, place.getValue());
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private static String topicId(String field, String id) {
        boolean good = id != null && !id.isBlank() && id.length() <= MOST_TOPIC_ID_CHARS;
        return good ? null : wrong(field, id, "1 to " + MOST_TOPIC_ID_CHARS + " characters");
    }

    private static String notNegative(String field, long value) {
        return value >= 0 ? null : wrong(field, value, "0 or more");
    }

    private static String wrong(String field, Object value, String expected) {
        return field + ": " + shown(value) + " (expected: " + expected + ")";
    }

    /** In a log line it may neither be long nor begin another one. */
    private static String shown(Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "...";
    }

    private static String first(String... wrongs) {
        for (String wrong : wrongs) {
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }
}
