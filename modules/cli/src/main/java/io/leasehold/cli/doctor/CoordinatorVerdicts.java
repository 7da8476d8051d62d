package io.leasehold.cli.doctor;

import io.leasehold.api.ClusterView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the facts about coordinators and their shards mean. */
final class CoordinatorVerdicts {
    private static final long CLOCK_TOLERANCE_MS = 2_000;
    private static final long LONG_LAG = 10_000;
    private static final double FULL_HEAP = 0.9;

    private CoordinatorVerdicts() {}

    /** @param addresses of the coordinators, by id */
    static Finding registered(Map<String, String> addresses) {
        if (addresses.isEmpty()) {
            return Finding.wrong(
                    "coordinators",
                    "none is registered",
                    "start one: leasehold coordinator --config FILE; is zookeeper.root the same for all?");
        }
        Map<String, List<String>> byAddress = new HashMap<>();
        addresses.forEach((id, url) ->
                byAddress.computeIfAbsent(url, one -> new ArrayList<>()).add(id));
        String twice = byAddress.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(each -> String.join(" and ", each.getValue()) + " both say " + each.getKey())
                .sorted()
                .collect(Collectors.joining("; "));
        return twice.isEmpty()
                ? Finding.ok("coordinators", addresses.size() + " registered: " + String.join(", ", addresses.keySet()))
                : Finding.wrong("coordinators", twice, "give each its own advertised.url");
    }

    static Finding reached(Probe probe) {
        String check = "coordinator " + probe.id();
        if (!probe.reached()) {
            return Finding.wrong(
                    check,
                    probe.url() + " is not reached from here: " + probe.why(),
                    "workers and other coordinators need it: check advertised.url, listen.address and the network; if it is "
                            + "dead, its entry goes when its session ends");
        }
        return probe.why() == null
                ? Finding.ok(check, probe.url() + " is alive and ready")
                : Finding.wrong(
                        check,
                        probe.url() + " is not ready: " + probe.why(),
                        "wait if it has just started, else read its log");
    }

    /** @param aheadMs by how much each clock is ahead of this machine's, and how sure that is, by name */
    static Finding clocks(Map<String, long[]> aheadMs) {
        String found = aheadMs.entrySet().stream()
                .map(each -> each.getKey() + " " + signed(each.getValue()[0]) + " ms (+/- " + each.getValue()[1] + ")")
                .collect(Collectors.joining(", "));
        List<Long> earliest =
                aheadMs.values().stream().map(each -> each[0] + each[1]).toList();
        List<Long> latest =
                aheadMs.values().stream().map(each -> each[0] - each[1]).toList();
        long apart = latest.stream().mapToLong(each -> each).max().orElse(0)
                - earliest.stream().mapToLong(each -> each).min().orElse(0);
        return apart <= CLOCK_TOLERANCE_MS
                ? Finding.ok("clocks", "against this machine: " + found)
                : Finding.wrong(
                        "clocks",
                        "against this machine: " + found,
                        "run NTP on all machines: more than " + CLOCK_TOLERANCE_MS
                                + " ms off the brokers' clock a coordinator lets nothing become due");
    }

    private static String signed(long ms) {
        return (ms > 0 ? "+" : "") + ms;
    }

    /** How far an upgrade has come: which coordinators hold it back, and which are too old for what was written already. */
    static Finding releases(ClusterView view) {
        int newest = newest(view.coordinators().stream().map(ClusterView.Coordinator::foldVersion));
        int written = newest(view.shards().stream().map(ClusterView.ShardView::foldVersion));
        List<String> tooOld = readingLess(view, written);
        if (!tooOld.isEmpty()) {
            return Finding.wrong(
                    "releases",
                    "journals are written by version " + written + ", which these cannot read: "
                            + String.join(", ", tooOld),
                    "upgrade them: they cannot have such a shard; there is no way back to their release");
        }
        List<String> holdingBack = readingLess(view, newest);
        if (!holdingBack.isEmpty()) {
            return Finding.note(
                    "releases",
                    "all could read journals of version " + newest + " but for " + String.join(", ", holdingBack),
                    "upgrade them as well: until then journals stay at version " + written
                            + ", and you may go back to their release");
        }
        return Finding.ok("releases", "all coordinators read journals of version " + newest);
    }

    private static int newest(Stream<Integer> versions) {
        return versions.filter(Objects::nonNull).mapToInt(each -> each).max().orElse(0);
    }

    private static List<String> readingLess(ClusterView view, int version) {
        return view.coordinators().stream()
                .filter(each -> each.foldVersion() != null && each.foldVersion() < version)
                .map(each -> each.id() + " (version " + each.foldVersion() + ")")
                .toList();
    }

    static List<Finding> shards(ClusterView view) {
        List<Finding> findings = new ArrayList<>();
        List<String> unserved = new ArrayList<>();
        List<String> alone = new ArrayList<>();
        long lag = 0;
        for (ClusterView.ShardView shard : view.shards()) {
            if (!"active".equals(shard.status())) {
                unserved.add("shard " + shard.shard() + " is " + shard.status()
                        + (shard.problem() == null ? "" : " (" + shard.problem() + ")"));
            }
            if (shard.standby() == null || shard.standby().equals(shard.owner())) {
                alone.add(Integer.toString(shard.shard()));
            }
            lag += shard.inboxLag() == null ? 0 : shard.inboxLag();
        }
        findings.add(
                unserved.isEmpty()
                        ? Finding.ok("shards", "all " + view.shards().size() + " are served")
                        : Finding.wrong(
                                "shards",
                                String.join("; ", unserved),
                                "leasehold cluster shows who should own them; a problem is for a person to mend, the rest "
                                        + "takes seconds"));
        findings.add(
                alone.isEmpty()
                        ? Finding.ok("standbys", "every shard has one")
                        : Finding.note(
                                "standbys",
                                "none for "
                                        + (alone.size() == view.shards().size()
                                                ? "any shard"
                                                : "shards " + String.join(", ", alone)),
                                "with a second coordinator another takes over in milliseconds"));
        findings.add(
                lag <= LONG_LAG
                        ? Finding.ok("inbox lag", lag + " submissions wait to be admitted")
                        : Finding.note(
                                "inbox lag",
                                lag + " submissions wait to be admitted",
                                "a burst passes by itself; if it grows, add coordinators or shards, or raise shard.max.tasks"));
        if (!view.problems().isEmpty()) {
            findings.add(Finding.wrong("topic watch", String.join("; ", view.problems()), "see topics above"));
        }
        return findings;
    }

    /** @param heaps used and greatest heap in bytes, by coordinator */
    static Finding memory(Map<String, long[]> heaps) {
        String found = heaps.entrySet().stream()
                .map(each -> each.getKey() + " " + mib(each.getValue()[0]) + " of " + mib(each.getValue()[1]) + " MiB")
                .collect(Collectors.joining(", "));
        boolean full = heaps.values().stream().anyMatch(heap -> heap[1] > 0 && heap[0] > FULL_HEAP * heap[1]);
        return full
                ? Finding.note(
                        "memory",
                        found,
                        "if it stays so, raise -Xmx (LEASEHOLD_HEAP_OPTS) or lower shard.max.bytes; a standby takes as much "
                                + "as an owner")
                : Finding.ok("memory", found);
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%d", bytes >> 20);
    }
}
