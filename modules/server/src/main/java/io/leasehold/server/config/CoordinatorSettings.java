package io.leasehold.server.config;

import io.leasehold.api.Names;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** Every key of a coordinator, in the order in which they are explained. */
final class CoordinatorSettings {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final long GIB = 1024L * MIB;

    private static final long DAY_MS = 86_400_000;

    private static final Pattern ID = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]{0,99})?");
    private static final Pattern TOPIC_PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,99}");
    private static final Pattern ADDRESSES = Pattern.compile("[^\\s,/]+:\\d{1,5}(,[^\\s,/]+:\\d{1,5})*");
    private static final int MAX_NAMED_QUEUES = 100;
    private static final Pattern HOSTS =
            Pattern.compile("(\\*|\\[?[0-9a-fA-F:]+]?|[A-Za-z0-9._-]+)?(,(\\*|\\[?[0-9a-fA-F:]+]?|[A-Za-z0-9._-]+))*");
    private static final Pattern ROOT = Pattern.compile("(/[^/\\s]+)+");

    static final List<Setting> ALL = all();

    private CoordinatorSettings() {}

    private static List<Setting> all() {
        Settings settings = new Settings();
        edge(settings.group("This coordinator"));
        http(settings.group("HTTP"));
        kafka(settings.group("Kafka"));
        zooKeeper(settings.group("ZooKeeper"));
        leases(settings.group("Leases"));
        shards(settings.group("Shards"));
        journal(settings.group("Journal"));
        return settings.list();
    }

    private static void edge(Settings settings) {
        settings.text(
                        "coordinator.id",
                        "",
                        "name",
                        "1 to 100 of A-Z a-z 0-9 . _ -",
                        value -> ID.matcher(value).matches(),
                        "Unique in the cluster, and the same after a restart. Empty: the host's name and the port.")
                .text(
                        "listen.address",
                        "127.0.0.1",
                        "host or IP address",
                        "a host name or IP address",
                        value -> !value.isBlank(),
                        "Where requests are taken. Anything but a loopback address needs listen.insecure=true.")
                .flag(
                        "listen.insecure",
                        false,
                        "There is no authentication yet: whoever reaches the port may read and change every task. "
                                + "Set to true to say that the network around it is closed.")
                .number("listen.port", 8470, 0, 65_535, "port", "0 takes any free port.")
                .text(
                        "advertised.url",
                        "",
                        "URL",
                        "http://host:port",
                        CoordinatorSettings::isUrlOrEmpty,
                        "Under which workers and other coordinators reach this one. Empty: made of listen.address and "
                                + "the port; must be set if listen.address is a wildcard.")
                .text(
                        "listen.hosts",
                        "",
                        "name[,name]",
                        "host names or IP addresses without ports, or *",
                        value -> HOSTS.matcher(value).matches(),
                        "What else clients may call this coordinator, in Host or :authority, than localhost, an address of "
                                + "its host, listen.address and the name in advertised.url: the names of services, load "
                                + "balancers and proxies in front of it. Other names are answered 421, for a web page "
                                + "could have its own name point here. *: any name.")
                .text(
                        "metrics.queues",
                        "",
                        "name[,name]",
                        "at most 100 names of queues, without commas in them",
                        CoordinatorSettings::areQueues,
                        "Have a label of their own in the figures whatever comes. Of others a hundred do, those with traffic "
                                + "first; the rest are counted as one queue, other.")
                .number(
                        "startup.timeout.ms",
                        60_000,
                        1_000,
                        600_000,
                        "ms",
                        "How long to wait for ZooKeeper, and then for Kafka, before the process gives up.")
                .number(
                        "shutdown.timeout.ms",
                        15_000,
                        0,
                        600_000,
                        "ms",
                        "How long a stopping coordinator may take to hand its shards over.");
    }

    private static void http(Settings settings) {
        settings.number(
                        "http.max.body.bytes",
                        16 * MIB,
                        64 * KIB,
                        256 * MIB,
                        "bytes",
                        "Of one request's body: arrays of tasks, and reports with their results. A single task may be 1 "
                                + "MiB (or twice the largest task, if that is more), a heartbeat or a redrive as much as "
                                + "a thousand leases or ids take, all else 256 KiB. Above, 413.")
                .amount(
                        "http.max.body.total.bytes",
                        0,
                        0,
                        64 * GIB,
                        "bytes",
                        "Of all bodies together, from their arrival to their answers; above, requests that bring one are "
                                + "answered 429. 0: an eighth of the heap.")
                .number("http.max.header.bytes", 16 * KIB, KIB, MIB, "bytes", "Of one request's headers together.")
                .number(
                        "http.max.connections",
                        15_000,
                        1,
                        1_000_000,
                        "connections",
                        "From the moment that they are accepted. Above, new ones are closed, but for a few that may ask "
                                + "what probes ask.")
                .number(
                        "http.address.share.percent",
                        25,
                        1,
                        100,
                        "percent",
                        "Of http.max.connections and of poll.max.parked that one address may take, 64 of each at least. "
                                + "Loopback and the addresses of other coordinators are exempt. Raise it where many "
                                + "workers stand behind one address (NAT, a proxy, a published port of a container).")
                .number(
                        "http.max.streams",
                        250,
                        1,
                        1_000_000,
                        "streams",
                        "Requests at once on one HTTP/2 connection of a client; every parked poll is one. One that takes "
                                + "back twice as many within 30 s is disconnected.")
                .number(
                        "http.max.peer.streams",
                        10_000,
                        1,
                        1_000_000,
                        "streams",
                        "The same, on a connection from the address of another coordinator, which forwards for many.")
                .amount(
                        "http.max.unsent.bytes",
                        8 * MIB,
                        5 * MIB,
                        GIB,
                        "bytes",
                        "Of answers that a client has not taken yet, on one connection; above, its requests are refused "
                                + "(503, or REFUSED_STREAM).")
                .amount(
                        "http.max.unsent.total.bytes",
                        0,
                        0,
                        64 * GIB,
                        "bytes",
                        "The same of all connections together; other coordinators are bound by this alone. 0: an eighth "
                                + "of the heap.")
                .number(
                        "http.stall.timeout.ms",
                        30_000,
                        1_000,
                        600_000,
                        "ms",
                        "A client that takes nothing of an answer for this time is disconnected, or its stream reset; "
                                + "while less than a quarter of http.max.unsent.total.bytes is left, after a second.")
                .number(
                        "http.idle.timeout.ms",
                        60_000,
                        30_000,
                        3_600_000,
                        "ms",
                        "A connection with no traffic for so long is closed; longer than any poll waits (25 s).")
                .number(
                        "http.body.timeout.ms",
                        30_000,
                        100,
                        600_000,
                        "ms",
                        "How long a request's body may take to arrive.")
                .number(
                        "http.forward.timeout.ms",
                        4_000,
                        100,
                        600_000,
                        "ms",
                        "How long to wait for the owner's answer to a forwarded request, a poll's own wait aside; less than clients wait (SDK: 5 s).")
                .number("poll.max.parked", 100_000, 1, 10_000_000, "polls", "Above, polls are answered 429.");
    }

    private static void kafka(Settings settings) {
        settings.text(
                        "bootstrap.servers",
                        "127.0.0.1:9092",
                        "host:port[,host:port]",
                        "host:port[,host:port]",
                        value -> ADDRESSES.matcher(value).matches(),
                        "Brokers to start from.")
                .number(
                        "shards",
                        4,
                        1,
                        1_024,
                        "shards",
                        "Partitions of the inbox and the journal when a cluster first starts; later what is pinned in "
                                + "ZooKeeper counts.")
                .text(
                        "topic.prefix",
                        "leasehold",
                        "name",
                        "1 to 100 of A-Z a-z 0-9 . -",
                        value -> TOPIC_PREFIX.matcher(value).matches(),
                        "Topics are PREFIX.tasks, PREFIX.journal, PREFIX.ended and PREFIX.rejected.")
                .number(
                        "topic.replication.factor",
                        3,
                        1,
                        9,
                        "replicas",
                        "Of topics that are created, and the least that is accepted. 1 is for a single broker: it "
                                + "survives crashes, not the loss of the broker's disk.")
                .number(
                        "topic.check.interval.ms",
                        60_000,
                        100,
                        3_600_000,
                        "ms",
                        "How often the topics' settings are held against what the guarantees need.")
                .number(
                        "journal.append.timeout.ms",
                        10_000,
                        500,
                        300_000,
                        "ms",
                        "An append without an acknowledgement for so long has failed; its shard starts over.");
    }

    private static void zooKeeper(Settings settings) {
        settings.text(
                        "zookeeper.connect",
                        "127.0.0.1:2181",
                        "host:port[,host:port]",
                        "host:port[,host:port], without a path",
                        value -> ADDRESSES.matcher(value).matches(),
                        "The ensemble.")
                .text(
                        "zookeeper.root",
                        "/leasehold",
                        "path",
                        "an absolute path such as /leasehold",
                        value -> ROOT.matcher(value).matches(),
                        "Where this cluster lives in it; clusters under different roots do not see each other.")
                .number(
                        "zookeeper.session.ms",
                        6_000,
                        100,
                        600_000,
                        "ms",
                        "A coordinator that is silent for so long is taken for dead. The server may grant another.");
    }

    private static void leases(Settings settings) {
        settings.secret(
                        "cluster.keys",
                        "id:base64[,id:base64]",
                        ClusterKeys.EXPECTED,
                        ClusterKeys::isGood,
                        "Secrets that lease tokens are signed with, the same on all coordinators; the first signs, all "
                                + "are accepted. Make one with: echo \"k1:$(openssl rand -base64 32)\"")
                .number(
                        "tick.ms",
                        1_000,
                        50,
                        60_000,
                        "ms",
                        "An idle shard that holds leases writes to its journal this often, to prove that it owns it.")
                .number(
                        "proof.max.age.ms",
                        5_000,
                        200,
                        600_000,
                        "ms",
                        "A heartbeat is answered ok only if a record sent at most so long ago took effect.")
                .number(
                        "upgrade.settle.ms",
                        60_000,
                        0,
                        86_400_000,
                        "ms",
                        "After an upgrade of the last coordinator, journals are written in the new release's way once all have "
                                + "been seen to read it for so long; longer than any takes to come back, for an older one "
                                + "cannot read them.")
                .number(
                        "max.expiries",
                        3,
                        1,
                        1_000,
                        "expiries",
                        "A task whose lease ran out so often, its workers silent, is given up as dead.");
    }

    private static void shards(Settings settings) {
        settings.amount(
                        "shard.max.tasks",
                        1_000_000,
                        1,
                        100_000_000,
                        "tasks",
                        "Live ones and dead letters of one shard. Above, submissions are answered 429 and the inbox waits.")
                .amount(
                        "shard.max.bytes",
                        GIB,
                        MIB,
                        64 * GIB,
                        "bytes",
                        "About the memory that one shard's tasks and remembered ends may take; above, as with shard.max.tasks.")
                .number(
                        "shard.max.queues",
                        10_000,
                        1,
                        1_000_000,
                        "queues",
                        "That have live tasks or dead letters in one shard. A task of one more is answered 429, and one in the "
                                + "inbox is rejected; queues that there are go on.")
                .number(
                        "shard.max.waiting",
                        20_000,
                        10,
                        1_000_000,
                        "requests",
                        "That may wait for one shard at one time; above, they are answered 429.");
    }

    private static void journal(Settings settings) {
        settings.amount(
                        "journal.carry.from.bytes",
                        8 * MIB,
                        0,
                        64 * GIB,
                        "bytes",
                        "What a replay reads of a shard's journal is made shorter once it is longer than this and than "
                                + "three times what matters of it.")
                .amount(
                        "journal.history.ms",
                        DAY_MS,
                        0,
                        3_650 * DAY_MS,
                        "ms",
                        "Records that no replay needs are kept for so long, for whoever looks into a task's past. 0: not "
                                + "at all.")
                .amount(
                        "journal.history.bytes",
                        GIB,
                        0,
                        1_024 * GIB,
                        "bytes",
                        "But not much more of them than this, in one shard's journal.")
                .amount(
                        "dedupe.window.ms",
                        DAY_MS,
                        0,
                        3_650 * DAY_MS,
                        "ms",
                        "An ended task's id is remembered for at least so long, so that a second submission is a duplicate.")
                .amount(
                        "dedupe.max.ends",
                        1_000_000,
                        0,
                        100_000_000,
                        "tasks",
                        "But not of more ended tasks than this, in one shard; the oldest are forgotten first.");
    }

    private static boolean areQueues(String value) {
        List<String> names = List.of(value.split(",", -1));
        return value.isEmpty()
                || names.size() <= MAX_NAMED_QUEUES && names.stream().allMatch(Names::isValid);
    }

    private static boolean isUrlOrEmpty(String value) {
        if (value.isEmpty()) {
            return true;
        }
        try {
            URI uri = URI.create(value);
            boolean bare = uri.getPath() == null || uri.getPath().isEmpty();
            return "http".equals(uri.getScheme()) && uri.getHost() != null && bare && uri.getQuery() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
