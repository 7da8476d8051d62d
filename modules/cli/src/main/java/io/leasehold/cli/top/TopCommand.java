package io.leasehold.cli.top;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.FullScreen;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Terminal;
import io.leasehold.cli.submit.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold top}. */
@Command(
        name = "top",
        description = {
            "Watch queues, coordinators and shards, until stopped.",
            "Rates are of the last interval. WAIT MS: how long tasks leased since had been ready. PARKED: polls that wait for "
                    + "work. A standby with * is still loading. With NO_COLOR in the environment nothing is bold."
        },
        footer = {
            "%nExamples:",
            "  leasehold top",
            "  leasehold top --interval 5s --url http://10.0.0.1:8470",
            "  leasehold top --once -o json | jq '.queues[] | {queue, ready}'"
        })
public final class TopCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Output output;

    @Option(
            names = "--interval",
            paramLabel = "SPAN",
            defaultValue = "1s",
            converter = DurationText.Span.class,
            description = "How often to look (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(names = "--once", description = "One look, which takes one interval, for the rates.")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--interval: " + interval.toMillis() + "ms (expected: 100ms or more)");
        }
        Sampler sampler = new Sampler(coordinator.url());
        Sample before = sampler.take();
        boolean live = !once && !output.isJson() && Terminal.isInteractive();
        try (FullScreen screen = live ? new FullScreen(spec.commandLine().getOut(), Terminal.mayStyle()) : null) {
            while (true) {
                Thread.sleep(interval.toMillis());
                Sample now = before;
                try {
                    now = sampler.take();
                    show(screen, Snapshot.between(before, now));
                } catch (Failure e) {
                    if (once) {
                        throw e;
                    }
                    complain(screen, e);
                }
                if (once) {
                    return ExitCodes.DONE;
                }
                before = now;
            }
        }
    }

    private void show(FullScreen screen, Snapshot snapshot) {
        if (output.isJson()) {
            output.json(snapshot);
            return;
        }
        int[] size = screen == null ? new int[] {Integer.MAX_VALUE / 2, 120} : Terminal.size();
        List<String> page = new TopPage(size[1], size[0]).lines(snapshot);
        if (screen == null) {
            output.line(String.join(System.lineSeparator(), page) + (once ? "" : System.lineSeparator()));
        } else {
            screen.draw(page);
        }
    }

    private void complain(FullScreen screen, Failure failure) {
        if (screen == null) {
            output.warn(failure.getMessage());
        } else {
            screen.draw(failure.getMessage().lines().toList());
        }
    }
}
