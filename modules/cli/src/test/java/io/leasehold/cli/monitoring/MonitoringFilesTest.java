package io.leasehold.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MonitoringFilesTest {
    private static final Pattern RUNBOOK = Pattern.compile("^### (Leasehold\\w+)$", Pattern.MULTILINE);
    private static final String BOOK = "modules/OPERATIONS.md";

    @Test
    void everyPanelSaysWhatItShowsInWhichUnit() throws IOException {
        assertThat(MonitoringFiles.dashboards()).isNotEmpty();
        for (JsonNode dashboard : MonitoringFiles.dashboards()) {
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : MonitoringFiles.panels(dashboard)) {
                String title = panel.path("title").asText();
                assertThat(title).as("a panel's title").isNotBlank();
                assertThat(panel.path("description").asText())
                        .as("description of " + title)
                        .isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                        .as("unit of " + title)
                        .isNotBlank();
                assertThat(panel.path("targets")).as("targets of " + title).isNotEmpty();
                assertThat(ids.add(panel.path("id").asInt()))
                        .as("id of " + title)
                        .isTrue();
            }
        }
    }

    @Test
    void noTwoPanelsOverlap() throws IOException {
        for (JsonNode dashboard : MonitoringFiles.dashboards()) {
            Set<List<Integer>> taken = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                JsonNode at = panel.path("gridPos");
                for (int x = 0; x < at.path("w").asInt(); x++) {
                    for (int y = 0; y < at.path("h").asInt(); y++) {
                        int column = at.path("x").asInt() + x;
                        assertThat(column).isLessThan(24);
                        assertThat(taken.add(List.of(column, at.path("y").asInt() + y)))
                                .as(panel.path("title").asText())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void dashboardsUseADataSourceThatIsProvisioned() throws IOException {
        List<String> provisioned = MonitoringFiles.dataSourceUids();
        for (JsonNode dashboard : MonitoringFiles.dashboards()) {
            List<JsonNode> used = dashboard.findValues("datasource");
            assertThat(used).isNotEmpty();
            assertThat(used)
                    .allSatisfy(one ->
                            assertThat(provisioned).contains(one.path("uid").asText()));
        }
    }

    @Test
    void everyAlertSaysHowBadItIsWhatIsWrongAndWhereItsRunbookIs() throws IOException {
        for (JsonNode alert : MonitoringFiles.alerts()) {
            String name = alert.path("alert").asText();
            assertThat(name).startsWith("Leasehold");
            assertThat(alert.at("/labels/severity").asText())
                    .as("severity of " + name)
                    .isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText())
                    .as("summary of " + name)
                    .isNotBlank();
            assertThat(alert.at("/annotations/description").asText())
                    .as("description of " + name)
                    .isNotBlank();
            assertThat(alert.at("/annotations/runbook").asText())
                    .as("runbook of " + name)
                    .isEqualTo(BOOK + "#" + name.toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
        Set<String> written = new TreeSet<>();
        Matcher heading = RUNBOOK.matcher(Files.readString(MonitoringFiles.ROOT.resolve(BOOK)));
        while (heading.find()) {
            assertThat(written.add(heading.group(1)))
                    .as(heading.group(1) + " once")
                    .isTrue();
        }

        assertThat(written).containsExactlyElementsOf(names());
    }

    @Test
    void everyAlertIsTestedToFireAndToBeSilent() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (JsonNode test : MonitoringFiles.alertTests()) {
            boolean fires = false;
            for (JsonNode check : test.path("alert_rule_test")) {
                fires |= !check.path("exp_alerts").isEmpty();
            }
            String alert = test.at("/alert_rule_test/0/alertname").asText();
            (fires ? firing : silent).add(alert);
        }

        assertThat(firing).isEqualTo(names());
        assertThat(silent).isEqualTo(names());
    }

    @Test
    void anAlertThatWaitsIsTestedNotToFireBeforeItsTime() throws IOException {
        for (JsonNode alert : MonitoringFiles.alerts()) {
            if (alert.has("for")) {
                String name = alert.path("alert").asText();
                boolean early = MonitoringFiles.alertTests().stream()
                        .filter(test ->
                                test.at("/alert_rule_test/0/alertname").asText().equals(name))
                        .anyMatch(test -> test.at("/alert_rule_test/0/exp_alerts")
                                        .isEmpty()
                                && !test.at("/alert_rule_test/1/exp_alerts").isEmpty());
                assertThat(early).as(name).isTrue();
            }
        }
    }

    private static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (JsonNode alert : MonitoringFiles.alerts()) {
            names.add(alert.path("alert").asText());
        }
        return names;
    }
}
