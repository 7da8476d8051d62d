package io.leasehold.cli.bench.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run came to: numbers by name, the name ending in its unit. Not thread-safe. */
public final class Figures {
    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Leaves out what is not a number. */
    public Figures put(String name, double value) {
        if (Double.isFinite(value)) {
            values.put(name, value);
        }
        return this;
    }

    /** Each figure under a name with this in front. */
    public Figures putAll(String prefix, Figures others) {
        others.values.forEach((name, value) -> put(prefix + name, value));
        return this;
    }

    public double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    public Map<String, Double> values() {
        return values;
    }

    /** Of each figure the middle of all runs that have it. */
    public static Map<String, Double> medians(List<Figures> runs) {
        return each(runs, sorted -> {
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        });
    }

    public static Map<String, Double> lowest(List<Figures> runs) {
        return each(runs, sorted -> sorted[0]);
    }

    public static Map<String, Double> highest(List<Figures> runs) {
        return each(runs, sorted -> sorted[sorted.length - 1]);
    }

    private interface Choice {
        double of(double[] sorted);
    }

    private static Map<String, Double> each(List<Figures> runs, Choice choice) {
        Map<String, Double> chosen = new LinkedHashMap<>();
        runs.forEach(run -> run.values.keySet().forEach(name -> chosen.putIfAbsent(name, 0.0)));
        chosen.replaceAll((name, zero) -> choice.of(runs.stream()
                .mapToDouble(run -> run.get(name))
                .filter(Double::isFinite)
                .sorted()
                .toArray()));
        return chosen;
    }
}
