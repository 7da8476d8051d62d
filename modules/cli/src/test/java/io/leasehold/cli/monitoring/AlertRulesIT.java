package io.leasehold.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules and their own tests, as Prometheus sees them. */
@Timeout(120)
class AlertRulesIT {
    private static final int NOTHING_TO_CHECK_WITH = 3;

    @Test
    void prometheusAcceptsTheRulesAndTheirTestsHold() throws Exception {
        Process check = new ProcessBuilder("scripts/check-alerts")
                .directory(MonitoringFiles.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = check.waitFor();

        Assumptions.assumeFalse(exitCode == NOTHING_TO_CHECK_WITH, said);
        assertThat(exitCode).as(said).isZero();
        assertThat(said).contains(MonitoringFiles.alerts().size() + " rules found");
    }
}
