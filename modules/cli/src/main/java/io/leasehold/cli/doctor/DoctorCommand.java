package io.leasehold.cli.doctor;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.config.ConfigFlags;
import io.leasehold.cli.http.CoordinatorUrl;
import io.leasehold.cli.local.ClusterKey;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.submit.DurationText;
import io.leasehold.server.Surroundings;
import io.leasehold.server.config.ConfigSources;
import io.leasehold.server.config.InForce;
import io.leasehold.server.config.InvalidConfigException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold doctor}. */
@Command(
        name = "doctor",
        description = {
            "Check a cluster from here: Kafka, its topics and access rules, ZooKeeper, coordinators, shards, clocks, producers.",
            "Each line is ok, a note, or wrong with what to do. Nothing is changed. Takes a coordinator's configuration, so that "
                    + "it looks with the same addresses, credentials and expectations."
        },
        exitCodeList = {"0:nothing is wrong", "1:something is wrong; the output says what to do", "2:wrong usage"},
        footer = {
            "%nExamples:",
            "  leasehold doctor --config config/coordinator.properties",
            "  leasehold doctor --bootstrap-servers kafka:9092 --zookeeper zk:2181",
            "  leasehold doctor -o json | jq -r '.findings[] | select(.verdict == \"wrong\") | .advice'"
        })
public final class DoctorCommand implements Callable<Integer> {
    /** As programs read it. */
    record Line(String check, String verdict, String found, String advice) {}

    record Report(boolean healthy, List<Line> findings) {}

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigFlags flags;

    @Mixin
    private Output output;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Where Kafka is, over all settings.")
    private String bootstrapServers;

    @Option(names = "--zookeeper", paramLabel = "HOST:PORT", description = "Where ZooKeeper is, over all settings.")
    private String zooKeeper;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = CoordinatorUrl.class,
            defaultValue = "${env:LEASEHOLD_URL:-http://127.0.0.1:8470}",
            description =
                    "A coordinator to ask should ZooKeeper not tell where they are (default: LEASEHOLD_URL in the "
                            + "environment, else http://127.0.0.1:8470).")
    private URI url;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "5s",
            converter = DurationText.Span.class,
            description = "How long to wait for each answer (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() {
        examiner().run();
        boolean healthy = findings.stream().noneMatch(each -> each.verdict() == Finding.Verdict.WRONG);
        if (output.isJson()) {
            output.json(new Report(
                    healthy, findings.stream().map(DoctorCommand::line).toList()));
        } else {
            output.line(summary());
        }
        return healthy ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Examiner examiner() {
        try {
            ConfigSources sources = flags.sources();
            Map<String, String> more = new LinkedHashMap<>();
            if (bootstrapServers != null) {
                more.put("bootstrap.servers", bootstrapServers);
            }
            if (zooKeeper != null) {
                more.put("zookeeper.connect", zooKeeper);
            }
            if ("none".equals(source(sources, "cluster.keys"))) {
                // It signs leases, which nobody does here.
                more.put("cluster.keys", ClusterKey.random());
            }
            sources.overrides(more);
            Surroundings configured = Surroundings.of(sources.read());
            Surroundings hasty = new Surroundings(
                    configured.log().withTimeouts(configured.log().appendTimeout(), timeout), configured.cluster());
            boolean replicationSet = !"default".equals(source(sources, "topic.replication.factor"));
            return new Examiner(hasty, replicationSet, url.toString(), timeout, this::tell);
        } catch (InvalidConfigException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static String source(ConfigSources sources, String key) {
        return sources.inForce().stream()
                .filter(each -> each.key().equals(key))
                .map(InForce::source)
                .findFirst()
                .orElse("none");
    }

    /** Each as it is found: some of them take their time. */
    private void tell(Finding finding) {
        findings.add(finding);
        if (output.isJson()) {
            return;
        }
        String word = finding.verdict().word();
        output.line(String.format(
                Locale.ROOT, "%-7s  %-15s  %s", "ok".equals(word) ? "OK" : word, finding.check(), finding.found()));
        if (finding.advice() != null) {
            output.line(" ".repeat(9) + "-> " + finding.advice());
        }
    }

    private String summary() {
        return count(Finding.Verdict.OK) + " ok, " + count(Finding.Verdict.NOTE) + " to note, "
                + count(Finding.Verdict.WRONG) + " wrong, " + count(Finding.Verdict.SKIPPED) + " skipped";
    }

    private long count(Finding.Verdict verdict) {
        return findings.stream().filter(each -> each.verdict() == verdict).count();
    }

    private static Line line(Finding finding) {
        return new Line(finding.check(), finding.verdict().word(), finding.found(), finding.advice());
    }
}
