package io.leasehold.cli.worker;

import io.leasehold.api.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a shell command: payload in, output and exit code out. {@link #kill} may be called from any thread, everything
 * else from one.
 */
final class Command {
    /** A killed command may clean up for so long before it is killed for good. */
    private static final long TERM_PATIENCE_MS = 3_000;

    /** After the end of the command its output is complete, unless a child of it keeps the pipe. */
    private static final long DRAIN_MS = 2_000;

    private static final int ERROR_TAIL = 4 * 1024;

    /** An interrupt typed at the terminal reaches all its processes: it is for the worker, which lets commands finish. */
    private static final String LEAVE_INTERRUPTS_TO_THE_WORKER = "trap '' INT; ";

    private final Process process;
    private final Outlet out;
    private final Outlet err;

    /** How a run ended. {@code overflowed}: standard output was longer than a result may be. */
    record Ended(int exitCode, byte[] output, boolean overflowed, String errorTail) {}

    private Command(Process process) {
        this.process = process;
        this.out = Outlet.beginning(process.getInputStream(), Limits.MAX_RESULT_BYTES);
        this.err = Outlet.end(process.getErrorStream(), ERROR_TAIL);
    }

    /** Starts {@code sh -c text} with more environment. */
    static Command start(String text, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", LEAVE_INTERRUPTS_TO_THE_WORKER + text));
        builder.environment().putAll(environment);
        return new Command(builder.start());
    }

    /** Hands over the payload and waits for the end. */
    Ended run(byte[] payload) throws InterruptedException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(payload);
        } catch (IOException e) {
            // The command does not read its input to the end, as is its right.
        }
        int code = process.waitFor();
        out.await(DRAIN_MS);
        err.await(DRAIN_MS);
        return new Ended(code, out.bytes(), out.overflowed(), err.text().strip());
    }

    /** Ends the command and all its children: asks them first, and forces them when they take too long. */
    void kill() {
        List<ProcessHandle> all = process.descendants().toList();
        // The shell first: it must not go on to the next command when the one it waits for is gone.
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(TERM_PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
