package io.leasehold.cli.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leasehold.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code config} holds for Prometheus and Grafana, as it is committed. */
public final class MonitoringFiles {
    static final Path ROOT = Path.of("../..");
    private static final Path CONFIG = ROOT.resolve("config");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private MonitoringFiles() {}

    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode file : yamls("prometheus/rules")) {
            file.path("groups").forEach(group -> group.path("rules").forEach(alerts::add));
        }
        return alerts;
    }

    /** The tests of alerts, as promtool runs them. */
    static List<JsonNode> alertTests() throws IOException {
        List<JsonNode> tests = new ArrayList<>();
        for (JsonNode file : yamls("prometheus/tests")) {
            file.path("tests").forEach(tests::add);
        }
        return tests;
    }

    static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new ArrayList<>();
        for (Path file : files("grafana/dashboards", ".json")) {
            dashboards.add(Json.answers().readTree(Files.readAllBytes(file)));
        }
        return dashboards;
    }

    /** A dashboard's panels, rows aside. */
    static List<JsonNode> panels(JsonNode dashboard) {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            if (!"row".equals(panel.path("type").asText())) {
                panels.add(panel);
            }
        }
        return panels;
    }

    static List<String> dataSourceUids() throws IOException {
        return yamls("grafana/provisioning/datasources").stream()
                .flatMap(file -> file.findValuesAsText("uid").stream())
                .toList();
    }

    /** Every PromQL expression, by where it stands. */
    public static Map<String, String> expressions() throws IOException {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (JsonNode alert : alerts()) {
            expressions.put(
                    "alert " + alert.path("alert").asText(), alert.path("expr").asText());
        }
        for (JsonNode dashboard : dashboards()) {
            for (JsonNode panel : panels(dashboard)) {
                for (JsonNode target : panel.path("targets")) {
                    String where = "panel " + panel.path("id").asText() + " "
                            + panel.path("title").asText() + " "
                            + target.path("refId").asText();
                    expressions.put(where, target.path("expr").asText());
                }
            }
            for (JsonNode variable : dashboard.at("/templating/list")) {
                String query = variable.at("/query/query").asText();
                expressions.put(
                        "variable " + variable.path("name").asText(),
                        query.replaceFirst("^label_values\\((.*), \\w+\\)$", "$1"));
            }
        }
        return expressions;
    }

    private static List<JsonNode> yamls(String folder) throws IOException {
        List<JsonNode> read = new ArrayList<>();
        for (Path file : files(folder, ".yml")) {
            read.add(YAML.readTree(file.toFile()));
        }
        return read;
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(CONFIG.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
