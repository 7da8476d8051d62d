package io.leasehold.cli.bench.plot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.cli.Failure;
import io.leasehold.cli.bench.table.Spread;
import java.util.List;

/** A place in the picture: a setting, and the median of a figure between its lowest and highest. */
record Point(double x, double y, double low, double high) {
    static Point of(String file, JsonNode document, String setting, String figure) {
        return new Point(
                number(file, document, "settings", setting),
                number(file, document, "median", figure),
                number(file, document, "lowest", figure),
                number(file, document, "highest", figure));
    }

    /** One point of several with the same setting, each of the same number of runs: what was run on a cluster of its own. */
    static Point together(List<Point> same) {
        return new Point(
                same.get(0).x,
                Spread.of(same.stream().mapToDouble(Point::y)).median(),
                Spread.of(same.stream().mapToDouble(Point::low)).lowest(),
                Spread.of(same.stream().mapToDouble(Point::high)).highest());
    }

    private static double number(String file, JsonNode document, String part, String name) {
        JsonNode value = document.path(part).path(name);
        if (!value.isNumber()) {
            throw new Failure(file + ": " + part + "." + name + ": " + (value.isMissingNode() ? "missing" : value)
                    + " (expected: a number in what 'leasehold bench ... --output json' printed)");
        }
        return value.asDouble();
    }
}
