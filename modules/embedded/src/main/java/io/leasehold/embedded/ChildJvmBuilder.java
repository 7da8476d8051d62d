package io.leasehold.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a {@link ChildJvm} runs and how. By default it has this process's class path and environment and ends with it. */
public final class ChildJvmBuilder {
    private final String mainClass;
    private final List<String> args = new ArrayList<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String classPath = System.getProperty("java.class.path");
    private Path workingDirectory;
    private Path logFile;
    private Path outputFile;
    private boolean endsWithParent = true;
    private boolean stays;

    ChildJvmBuilder(String mainClass) {
        this.mainClass = mainClass;
    }

    /** Adds arguments for the main class. */
    public ChildJvmBuilder args(String... more) {
        args.addAll(List.of(more));
        return this;
    }

    public ChildJvmBuilder args(Collection<String> more) {
        args.addAll(more);
        return this;
    }

    /** Adds options for the JVM, such as {@code -Xmx64m}. */
    public ChildJvmBuilder jvmOptions(String... more) {
        jvmOptions.addAll(List.of(more));
        return this;
    }

    public ChildJvmBuilder jvmOptions(Collection<String> more) {
        jvmOptions.addAll(more);
        return this;
    }

    /** Sets a variable of the child's environment. */
    public ChildJvmBuilder environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public ChildJvmBuilder classPath(String path) {
        classPath = path;
        return this;
    }

    public ChildJvmBuilder workingDirectory(Path directory) {
        workingDirectory = directory;
        return this;
    }

    /** Appends the child's standard error, and its output unless that goes elsewhere, to a file; else both are inherited. */
    public ChildJvmBuilder logFile(Path file) {
        logFile = file;
        return this;
    }

    /** Appends the child's standard output to a file of its own. */
    public ChildJvmBuilder outputFile(Path file) {
        outputFile = file;
        return this;
    }

    /**
     * Whether the child ends when this process does (the default). It then must not read its standard input, which is
     * the pipe that tells it.
     */
    public ChildJvmBuilder endsWithParent(boolean ends) {
        endsWithParent = ends;
        return this;
    }

    /** The child goes on when this process ends, and when the terminal is closed that it was started from. */
    public ChildJvmBuilder stays() {
        endsWithParent = false;
        stays = true;
        return this;
    }

    /** Starts the child. */
    public ChildJvm start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().putAll(environment);
        if (workingDirectory != null) {
            builder.directory(workingDirectory.toFile());
        }
        redirect(builder);
        return new ChildJvm(builder.start(), logFile);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (stays) {
            command.add("nohup");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath);
        if (endsWithParent) {
            command.add(ChildMain.class.getName());
        }
        command.add(mainClass);
        command.addAll(args);
        return command;
    }

    private void redirect(ProcessBuilder builder) throws IOException {
        ProcessBuilder.Redirect log = ProcessBuilder.Redirect.INHERIT;
        if (logFile != null) {
            LogFile.prepare(logFile);
            log = ProcessBuilder.Redirect.appendTo(logFile.toFile());
        }
        builder.redirectError(log);
        builder.redirectOutput(outputFile == null ? log : ProcessBuilder.Redirect.appendTo(outputFile.toFile()));
        if (!endsWithParent) {
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        }
    }
}
