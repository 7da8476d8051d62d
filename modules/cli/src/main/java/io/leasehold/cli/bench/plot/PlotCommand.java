package io.leasehold.cli.bench.plot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold bench plot}. */
@Command(
        name = "plot",
        description = {
            "Draw how a figure grows with a setting, as SVG, from what the benches printed with --output json: a file or "
                    + "several for each point. Shown are medians, with bars from the lowest to the highest run."
        },
        footer = {
            "%nExamples:",
            "  for n in 1 4 16; do leasehold bench mix --shards $n --runs 3 -o json > mix-$n.json; done",
            "  leasehold bench plot --x shards --y cpu_us_per_task --svg shards.svg mix-1.json mix-4.json mix-16.json"
        })
public final class PlotCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--x", paramLabel = "SETTING", required = true, description = "As in the documents' settings.")
    private String x;

    @Option(
            names = "--y",
            paramLabel = "FIGURE",
            defaultValue = "tasks_per_second",
            description = "As in the documents' median (default: ${DEFAULT-VALUE}).")
    private String y;

    @Option(names = "--log-x", description = "The setting's axis goes by powers of ten.")
    private boolean logarithmic;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "Above it (default: the names of bench, figure and setting).")
    private String title;

    @Option(names = "--svg", paramLabel = "FILE", description = "Where it is written (default: standard output).")
    private Path svg;

    @Parameters(paramLabel = "JSON", arity = "1..*", description = "What a bench printed.")
    private List<Path> files;

    @Override
    public Integer call() throws IOException {
        Map<Double, List<Point>> places = new TreeMap<>();
        String bench = null;
        for (Path file : files) {
            JsonNode document = document(file);
            bench = document.path("bench").asText();
            Point point = Point.of(file.toString(), document, x, y);
            places.computeIfAbsent(point.x(), place -> new ArrayList<>()).add(point);
        }
        List<Point> points = places.values().stream().map(Point::together).toList();
        if (logarithmic && points.stream().anyMatch(point -> point.x() <= 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--log-x: " + x + " is 0 (expected: above 0 in each file)");
        }
        String heading = title == null ? bench + ": " + y + " by " + x : title;
        String picture = new Picture(heading, x, y, logarithmic, points).svg();
        if (svg == null) {
            spec.commandLine().getOut().print(picture);
            spec.commandLine().getOut().flush();
        } else {
            Files.writeString(svg, picture);
        }
        return ExitCodes.DONE;
    }

    private static JsonNode document(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new Failure(file + ": cannot be read (expected: a file that a bench's JSON was written to)");
        }
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new Failure(file + ": is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
