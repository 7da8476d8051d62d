package io.leasehold.cli.output;

import io.leasehold.api.Json;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --output}, for all commands that print data. */
public final class Output {
    /** In which form. */
    public enum Form {
        TABLE,
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, for people, or json (default: ${DEFAULT-VALUE}).")
    private Form form;

    public boolean isJson() {
        return form == Form.JSON;
    }

    /** Prints a line. */
    public void line(String text) {
        command.commandLine().getOut().println(text);
        command.commandLine().getOut().flush();
    }

    /** Prints an answer's JSON as it came. */
    public void body(byte[] json) {
        line(new String(json, StandardCharsets.UTF_8));
    }

    /** Prints any value as one line of JSON. */
    public void json(Object value) {
        line(new String(Json.write(value), StandardCharsets.UTF_8));
    }

    /** Prints a warning to standard error. */
    public void warn(String text) {
        command.commandLine().getErr().println(text);
        command.commandLine().getErr().flush();
    }
}
