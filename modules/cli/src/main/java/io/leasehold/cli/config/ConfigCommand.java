package io.leasehold.cli.config;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Table;
import io.leasehold.server.config.ConfigPage;
import io.leasehold.server.config.ConfigSources;
import io.leasehold.server.config.InForce;
import io.leasehold.server.config.InvalidConfigException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold config show|validate|docs}. */
@Command(
        name = "config",
        description = "Show, check or explain a coordinator's configuration.",
        footer = {
            "%nExamples:",
            "  leasehold config show --config my.properties        # every value, and where it comes from",
            "  leasehold config validate --config my.properties    # every fault at once",
            "  leasehold config docs --format html > keys.html"
        })
public final class ConfigCommand implements Runnable {
    /** How the page of all keys is written. */
    enum Format {
        MARKDOWN,
        HTML,
        PROPERTIES
    }

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the three: show, validate or docs?");
    }

    @Command(
            name = "show",
            description = {
                "Show what is in force and where each value was set; secrets are hidden.",
                "Ends with 1 if a coordinator would refuse it; standard error says why."
            })
    int show(@Mixin ConfigFlags flags, @Mixin Output output) {
        ConfigSources sources = read(flags);
        List<InForce> all = sources.inForce();
        if (output.isJson()) {
            output.json(all);
        } else {
            Table table = new Table("KEY", "VALUE", "FROM");
            all.forEach(each -> table.row(each.key(), each.value(), each.source()));
            output.line(table.toString());
        }
        List<String> faults = faults(sources);
        faults.forEach(output::warn);
        return faults.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    @Command(
            name = "validate",
            description = {
                "Check a configuration as a coordinator would when it starts, without starting one.",
                "Ends with 1 if a coordinator would refuse it, and names every fault."
            })
    int validate(@Mixin ConfigFlags flags, @Mixin Output output) {
        List<String> faults = faults(read(flags));
        if (output.isJson()) {
            output.json(Map.of("good", faults.isEmpty(), "faults", faults));
        } else if (faults.isEmpty()) {
            output.line("The configuration is good.");
        } else {
            faults.forEach(output::warn);
        }
        return faults.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    @Command(name = "docs", description = "Print a page that explains every key, made from the code.")
    int docs(
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "markdown",
                            description = "markdown, html, or properties, a file to start from "
                                    + "(default: ${DEFAULT-VALUE}).")
                    Format format) {
        String page = switch (format) {
            case MARKDOWN -> ConfigPage.table();
            case HTML -> ConfigPage.html();
            case PROPERTIES -> ConfigPage.properties();
        };
        spec.commandLine().getOut().print(page);
        spec.commandLine().getOut().flush();
        return ExitCodes.DONE;
    }

    private ConfigSources read(ConfigFlags flags) {
        try {
            return flags.sources();
        } catch (InvalidConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static List<String> faults(ConfigSources sources) {
        try {
            sources.read();
            return List.of();
        } catch (InvalidConfigException e) {
            return e.faults();
        }
    }
}
