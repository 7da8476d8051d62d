package io.leasehold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The completion script, in a real bash. */
@Timeout(30)
class CompletionIT {
    @TempDir
    private Path directory;

    private Path script;

    @BeforeEach
    void printScript() throws Exception {
        StringWriter out = new StringWriter();
        int code = Leasehold.commandLine().setOut(new PrintWriter(out)).execute("completion", "bash");
        assertThat(code).isZero();
        script = Files.writeString(directory.resolve("completion.sh"), out.toString());
    }

    @Test
    void scriptIsValidBash() throws Exception {
        assertThat(bash("bash -n " + script)).isEmpty();
    }

    @Test
    void verbsAndOptionsAreCompleted() throws Exception {
        assertThat(completed("leasehold", "subm")).containsExactly("submit");
        assertThat(completed("leasehold", "dead", "red")).containsExactly("redrive");
        assertThat(completed("leasehold", "submit", "--prio")).containsExactly("--priority");
        assertThat(completed("leasehold", "")).contains("demo", "queues", "cluster", "completion");
    }

    private List<String> completed(String... words) throws Exception {
        String line = String.join(" ", words);
        String quoted = "'" + String.join("' '", words) + "'";
        // Bash has compopt only while it completes at a prompt.
        return bash("compopt() { :; }; source " + script + "; COMP_WORDS=(" + quoted + "); COMP_CWORD="
                        + (words.length - 1)
                        + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                        + "; _complete_leasehold; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .lines()
                .map(String::strip)
                .toList();
    }

    private static String bash(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
