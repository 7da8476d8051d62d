package io.leasehold.cli.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure that an expression asks for.
 *
 * @param labels those that must have exactly this value
 */
public record Selector(String metric, Map<String, String> labels) {
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("\\b([a-zA-Z_][a-zA-Z0-9_]*)\\b(?!\\s*\\()(?:\\{([^}]*)})?(?:\\[[^]]*])?");
    private static final Pattern EXACT = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> WORDS =
            Set.of("by", "without", "on", "ignoring", "and", "or", "unless", "bool", "offset");

    /** In the order in which they stand. */
    public static List<Selector> of(String expression) {
        List<Selector> selectors = new ArrayList<>();
        Matcher found = SELECTOR.matcher(GROUPING.matcher(expression).replaceAll(" "));
        while (found.find()) {
            if (!WORDS.contains(found.group(1))) {
                selectors.add(new Selector(found.group(1), exact(found.group(2))));
            }
        }
        return selectors;
    }

    private static Map<String, String> exact(String matchers) {
        Map<String, String> labels = new TreeMap<>();
        Matcher found = EXACT.matcher(matchers == null ? "" : matchers);
        while (found.find()) {
            labels.put(found.group(1), found.group(2));
        }
        return labels;
    }

    /** Whether a line of a scrape is such a figure; {@code job} and {@code instance} are given by Prometheus. */
    public boolean matches(String line) {
        return (line.startsWith(metric + "{") || line.startsWith(metric + " "))
                && labels.entrySet().stream()
                        .filter(label ->
                                !label.getKey().equals("job") && !label.getKey().equals("instance"))
                        .allMatch(label -> line.contains(label.getKey() + "=\"" + label.getValue() + "\""));
    }
}
