package io.leasehold.cli.bench.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leasehold.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What benches printed as JSON, by the name of its file; those of {@code NAME.1.json}, {@code NAME.2.json} are one. */
final class Documents {
    static final String OWN = "leasehold";

    private static final String OTHER_CORES = "other_cores";
    private static final String ENDING = ".json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, List<JsonNode>> byName = new TreeMap<>();

    /** Reads all files of a directory that end in {@code .json}. */
    static Documents in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new Failure(directory + ": is not a directory (expected: one that scripts/performance has filled)");
        }
        Documents documents = new Documents();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(one -> one.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replaceAll("(\\.\\d+)?\\.json$", "");
                documents.byName.computeIfAbsent(name, any -> new ArrayList<>()).add(read(file));
            }
        }
        return documents;
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new Failure(file + ": is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Which there are of {@code KIND-1}, {@code KIND-10} and so on: their numbers, from low to high. */
    List<Integer> sizes(String kind) {
        Pattern numbered = Pattern.compile(Pattern.quote(kind) + "-(\\d{1,9})");
        return byName.keySet().stream()
                .map(numbered::matcher)
                .filter(Matcher::matches)
                .map(match -> Integer.valueOf(match.group(1)))
                .sorted()
                .toList();
    }

    /** One figure of one system in each run, NaN where a run does not have it; none if the document has not that system. */
    List<Double> runs(String name, String system, String figure) {
        List<Double> values = new ArrayList<>();
        for (JsonNode document : byName.getOrDefault(name, List.of())) {
            JsonNode runs = document.has("systems")
                    ? document.path("systems").path(system).path("runs")
                    : system.equals(OWN) ? document.path("runs") : MAPPER.missingNode();
            runs.forEach(run -> values.add(run.path(figure).asDouble(Double.NaN)));
        }
        return values;
    }

    /** How many cores anything else kept busy in any run of any system, at most; NaN if that is not told. */
    double mostOtherCores(String name, String phase) {
        double most = Double.NaN;
        for (JsonNode document : byName.getOrDefault(name, List.of())) {
            for (JsonNode runs : document.findValues("runs")) {
                for (JsonNode run : runs) {
                    for (String figure : (Iterable<String>) run::fieldNames) {
                        boolean told = figure.startsWith(phase) && figure.endsWith(OTHER_CORES);
                        most = told
                                ? Math.max(
                                        Double.isNaN(most) ? 0 : most,
                                        run.path(figure).asDouble())
                                : most;
                    }
                }
            }
        }
        return most;
    }
}
