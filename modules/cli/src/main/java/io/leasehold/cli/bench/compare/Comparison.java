package io.leasehold.cli.bench.compare;

import io.leasehold.cli.bench.load.Figures;
import io.leasehold.cli.bench.load.Report;
import io.leasehold.cli.bench.load.Surroundings;
import io.leasehold.cli.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came out: the document that {@code --output json} prints.
 *
 * @param ratios Leasehold's median divided by the other's, by its name and by figure
 * @param absent systems that this machine does not have, and how to get them
 */
public record Comparison(
        String bench,
        Map<String, Object> settings,
        Map<String, String> versions,
        Map<String, Object> machine,
        Map<String, Side> systems,
        Map<String, Map<String, Double>> ratios,
        Map<String, String> absent) {

    /** One system's runs. */
    public record Side(
            String durability,
            List<Map<String, Double>> runs,
            Map<String, Double> median,
            Map<String, Double> lowest,
            Map<String, Double> highest) {
        static Side of(String durability, List<Figures> runs) {
            return new Side(
                    durability,
                    runs.stream().map(Figures::values).toList(),
                    Figures.medians(runs),
                    Figures.lowest(runs),
                    Figures.highest(runs));
        }
    }

    /** @param own the name of the system that is held against the others */
    static Comparison of(
            Map<String, Object> settings, String own, Map<String, Side> systems, Map<String, String> absent) {
        Map<String, Map<String, Double>> ratios = new LinkedHashMap<>();
        Map<String, Double> ours = systems.get(own).median();
        systems.forEach((name, side) -> {
            if (!name.equals(own)) {
                Map<String, Double> against = new LinkedHashMap<>();
                ours.forEach((figure, value) -> {
                    Double theirs = side.median().get(figure);
                    if (theirs != null && theirs != 0) {
                        against.put(figure, value / theirs);
                    }
                });
                ratios.put(name, against);
            }
        });
        return new Comparison(
                "compare", settings, Surroundings.versions(), Surroundings.machine(), systems, ratios, absent);
    }

    Table table() {
        List<String> heads = new ArrayList<>(List.of("FIGURE"));
        systems.keySet().forEach(name -> heads.add(name.toUpperCase(Locale.ROOT)));
        ratios.keySet().forEach(name -> heads.add("X " + name.toUpperCase(Locale.ROOT)));
        Table table = new Table(heads.toArray(String[]::new));
        Map<String, Boolean> figures = new LinkedHashMap<>();
        systems.values().forEach(side -> side.median().keySet().forEach(name -> figures.put(name, true)));
        figures.keySet().removeIf(figure -> !Report.isShown(figure));
        for (String figure : figures.keySet()) {
            List<Object> row = new ArrayList<>(List.of(figure));
            systems.values().forEach(side -> row.add(shown(side.median().get(figure))));
            ratios.values().forEach(ratio -> row.add(shown(ratio.get(figure))));
            table.row(row.toArray());
        }
        return table;
    }

    private static String shown(Double value) {
        return value == null ? null : Report.shown(value);
    }
}
