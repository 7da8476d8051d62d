package io.leasehold.cli.bench.load;

import io.leasehold.cli.output.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * All that is to be said about the runs of one bench: the document that {@code --output json} prints.
 *
 * @param settings as they were, defaults included
 * @param durability what an acknowledged task has survived
 * @param verified the verifier's verdict, or null if it was not asked
 */
public record Report(
        String bench,
        Map<String, Object> settings,
        String durability,
        Map<String, String> versions,
        Map<String, Object> machine,
        List<Map<String, Double>> runs,
        Map<String, Double> median,
        Map<String, Double> lowest,
        Map<String, Double> highest,
        String verified) {
    private static final double WHOLE = 100;
    private static final Pattern DETAIL = Pattern.compile("\\b(jit|gc)_us_per_task\\.");

    static Report of(
            String bench, Map<String, Object> settings, String durability, List<Figures> runs, String verified) {
        return new Report(
                bench,
                settings,
                durability,
                Surroundings.versions(),
                Surroundings.machine(),
                runs.stream().map(Figures::values).toList(),
                Figures.medians(runs),
                Figures.lowest(runs),
                Figures.highest(runs),
                verified);
    }

    Table table() {
        Table table =
                runs.size() == 1 ? new Table("FIGURE", "VALUE") : new Table("FIGURE", "MEDIAN", "LOWEST", "HIGHEST");
        median.forEach((name, value) -> {
            if (!isShown(name)) {
                return;
            }
            if (runs.size() == 1) {
                table.row(name, shown(value));
            } else {
                table.row(name, shown(value), shown(lowest.get(name)), shown(highest.get(name)));
            }
        });
        return table;
    }

    /** Compilers and collectors of each process by itself are for the document alone. */
    public static boolean isShown(String figure) {
        return !DETAIL.matcher(figure).find();
    }

    /** Large numbers without decimals. */
    public static String shown(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= WHOLE ? "%.0f" : "%.3f", value);
    }
}
