package io.leasehold.cli.bench.table;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The middle of some figures, and how far they lie apart. */
public record Spread(double median, double lowest, double highest) {
    private static final double LARGE = 1_000;
    private static final double WHOLE = 100;
    private static final double SMALL = 1;

    /** Of those that are numbers; NaN if none is. */
    public static Spread of(DoubleStream figures) {
        double[] sorted = figures.filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** For people: nothing if there is no figure, the median alone if there is but one. */
    String shown() {
        if (Double.isNaN(median)) {
            return "";
        }
        return lowest == highest ? shown(median) : shown(median) + " (" + shown(lowest) + " to " + shown(highest) + ")";
    }

    private static String shown(double value) {
        double size = Math.abs(value);
        String form = size >= LARGE ? "%,.0f" : size >= WHOLE ? "%.0f" : size >= SMALL || size == 0 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }
}
