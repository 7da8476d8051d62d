package io.leasehold.cli.top;

import io.leasehold.cli.output.Table;
import io.leasehold.cli.output.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A snapshot as lines of text. */
final class TopPage {
    private static final int NAME_LENGTH = 16;
    private static final int FEWEST_QUEUES = 3;

    private final int columns;
    private final int rows;

    /** @param rows how many lines there is room for; what is most is cut, and the cut is told */
    TopPage(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    List<String> lines(Snapshot snapshot) {
        List<String> coordinators = lines(coordinators(snapshot));
        List<String> shards = lines(shards(snapshot));
        int room = Math.max(FEWEST_QUEUES, rows - coordinators.size() - 5 - Math.min(shards.size(), rows / 3));
        List<String> page = new ArrayList<>();
        page.add(summary(snapshot));
        page.add("");
        page.addAll(cut(lines(queues(snapshot)), room, "queues"));
        page.add("");
        page.addAll(coordinators);
        page.add("");
        page.addAll(cut(shards, Math.max(FEWEST_QUEUES, rows - page.size()), "shards"));
        return page.stream()
                .map(line -> line.length() > columns ? line.substring(0, columns) : line)
                .toList();
    }

    private static String summary(Snapshot snapshot) {
        long up = snapshot.coordinators().stream()
                .filter(Snapshot.Coordinator::up)
                .count();
        long active = snapshot.shards().stream()
                .filter(shard -> "active".equals(shard.status()))
                .count();
        return Times.at(snapshot.asOf()).substring("2026-01-01T".length()) + "  coordinators " + up + "/"
                + snapshot.coordinators().size() + " up  shards " + active + "/"
                + snapshot.shards().size() + " active"
                + (snapshot.incomplete().isEmpty() ? "" : "  not counted: shards " + snapshot.incomplete());
    }

    private static Table queues(Snapshot snapshot) {
        Table table = new Table("QUEUE", "READY", "DELAYED", "LEASED", "DEAD", "IN/S", "OUT/S", "WAIT MS");
        snapshot.queues().stream()
                .sorted(Comparator.comparingLong((Snapshot.Queue each) -> each.ready() + each.leased())
                        .reversed()
                        .thenComparing(Snapshot.Queue::queue))
                .forEach(each -> table.row(
                        shortened(each.queue()),
                        each.ready(),
                        each.delayed(),
                        each.leased(),
                        each.dead(),
                        number(each.inPerSecond()),
                        number(each.outPerSecond()),
                        number(each.waitMs())));
        return table;
    }

    private static Table coordinators(Snapshot snapshot) {
        Table table = new Table("COORDINATOR", "STATE", "SHARDS", "PARKED", "HEAP MIB", "OF", "URL");
        for (Snapshot.Coordinator each : snapshot.coordinators()) {
            table.row(
                    shortened(each.id()),
                    each.up() ? "up" : "no answer",
                    each.shards(),
                    each.parkedPolls(),
                    mib(each.heapBytes()),
                    mib(each.heapMaxBytes()),
                    each.url());
        }
        return table;
    }

    private static Table shards(Snapshot snapshot) {
        Table table = new Table("SHARD", "STATUS", "OWNER", "STANDBY", "EPOCH", "LAG", "TASKS", "TURNS/S", "APPEND MS");
        for (Snapshot.Shard each : snapshot.shards()) {
            table.row(
                    each.shard(),
                    each.status(),
                    shortened(each.owner()),
                    shortened(each.standby()) + (Boolean.FALSE.equals(each.standbyReady()) ? "*" : ""),
                    each.epoch(),
                    each.inboxLag(),
                    each.tasks(),
                    number(each.turnsPerSecond()),
                    number(each.appendMs()));
        }
        return table;
    }

    private static List<String> lines(Table table) {
        return table.toString().lines().toList();
    }

    private static List<String> cut(List<String> lines, int room, String what) {
        if (lines.size() <= room) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, room - 1));
        shown.add("... and " + (lines.size() - room + 1) + " more " + what);
        return shown;
    }

    private static String shortened(String name) {
        if (name == null) {
            return "-";
        }
        return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH - 1) + "~";
    }

    private static String number(Double value) {
        return value == null ? null : String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }

    private static Long mib(Long bytes) {
        return bytes == null ? null : (Long) (bytes >> 20);
    }
}
