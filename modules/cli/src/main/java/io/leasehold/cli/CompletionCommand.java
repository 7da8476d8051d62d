package io.leasehold.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold completion bash|zsh}. */
@Command(
        name = "completion",
        description = {
            "Print a script that lets the shell complete leasehold's commands and options.",
            "The shell must know the command as leasehold: put scripts/ on the path, or a link to scripts/leasehold."
        },
        footer = {
            "%nExamples:",
            "  source <(leasehold completion bash)                       # for this shell",
            "  leasehold completion bash > ~/.local/share/bash-completion/completions/leasehold",
            "  echo 'source <(leasehold completion zsh)' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /** One script serves both: in zsh it loads the emulation of bash's completion first. */
    enum Shell {
        BASH,
        ZSH
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh", description = "Which shell.")
    private Shell shell;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("leasehold", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return ExitCodes.DONE;
    }
}
