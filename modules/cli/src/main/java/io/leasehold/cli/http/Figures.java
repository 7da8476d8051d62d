package io.leasehold.cli.http;

import io.leasehold.api.Routes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands at a coordinator's {@code /metrics}, at one moment, in Prometheus' text format. */
public final class Figures {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, Map<Map<String, String>, Double>> byName = new HashMap<>();

    private Figures() {}

    public static Figures of(Coordinator coordinator) {
        return parse(new String(coordinator.get(Routes.METRICS), StandardCharsets.UTF_8));
    }

    /** From the text itself. */
    public static Figures parse(String text) {
        Figures figures = new Figures();
        text.lines().forEach(figures::line);
        return figures;
    }

    private void line(String line) {
        int blank = line.lastIndexOf(' ');
        if (line.startsWith("#") || blank <= 0) {
            return;
        }
        int brace = line.indexOf('{');
        Map<String, String> labels = new TreeMap<>();
        if (brace > 0) {
            Matcher label = LABEL.matcher(line.substring(brace, blank));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        String name = line.substring(0, brace > 0 ? brace : blank);
        byName.computeIfAbsent(name, one -> new HashMap<>()).put(labels, Double.parseDouble(line.substring(blank + 1)));
    }

    /** All of this name together; 0 if there is none. */
    public double sum(String name) {
        return all(name).values().stream().mapToDouble(each -> each).sum();
    }

    /** Those of this name that have this label, by its values, the rest added up. */
    public Map<String, Double> sumBy(String name, String label) {
        return by(name, label, Double::sum);
    }

    /** The same, but the greatest instead of the sum. */
    public Map<String, Double> maxBy(String name, String label) {
        return by(name, label, Math::max);
    }

    private Map<String, Double> by(String name, String label, DoubleBinaryOperator together) {
        Map<String, Double> found = new TreeMap<>();
        all(name).forEach((labels, value) -> {
            if (labels.containsKey(label)) {
                found.merge(labels.get(label), value, together::applyAsDouble);
            }
        });
        return found;
    }

    /** Those of this name whose labels hold these; added up. */
    public double sum(String name, Map<String, String> with) {
        return all(name).entrySet().stream()
                .filter(each -> each.getKey().entrySet().containsAll(with.entrySet()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Used heap in bytes, and how much of it there may be; the latter 0 if the process does not say. */
    public long[] heap() {
        Map<String, String> heap = Map.of("area", "heap");
        double max = all("jvm_memory_max_bytes").entrySet().stream()
                .filter(each -> each.getKey().entrySet().containsAll(heap.entrySet()))
                .mapToDouble(Map.Entry::getValue)
                .filter(each -> each > 0)
                .sum();
        return new long[] {(long) sum("jvm_memory_used_bytes", heap), (long) max};
    }

    private Map<Map<String, String>, Double> all(String name) {
        return byName.getOrDefault(name, Map.of());
    }
}
