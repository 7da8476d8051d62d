package io.leasehold.cli.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU seconds that a process has used since it was started, and those of them that its virtual machine took to compile and to
 * collect garbage.
 *
 * @param jit of the compilers' threads that are there now; 0 if it has none, NaN where that is not told
 * @param gc the same of the collector; a serial one works in the virtual machine's own thread, which counts as one for that
 */
record ProcessTime(double seconds, double jit, double gc) {
    /** Of a process that was not there yet. */
    static final ProcessTime NONE = new ProcessTime(0, 0, 0);

    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_A_SECOND = 100;
    /** Of a thread's line, behind its name: user, system. */
    private static final int[] USED = {11, 12};

    /** The system cuts names off after 15 characters. */
    private static final List<String> JIT = List.of("C1 Compiler", "C2 Compiler");

    private static final List<String> GC = List.of("GC Thread#", "G1 ", "ZWorker", "ZDriver", "VM Thread");

    /** @param seconds of the process as a whole */
    static ProcessTime of(long pid, double seconds) {
        double jit = 0;
        double gc = 0;
        try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
            for (String line : threads.map(ProcessTime::line).toList()) {
                jit += isOneOf(JIT, line) ? used(line) : 0;
                gc += isOneOf(GC, line) ? used(line) : 0;
            }
        } catch (IOException | UncheckedIOException e) {
            return new ProcessTime(seconds, Double.NaN, Double.NaN);
        }
        return new ProcessTime(seconds, jit, gc);
    }

    /** A thread that has ended meanwhile takes its time with it: then less is told, but never less than nothing. */
    ProcessTime since(ProcessTime before) {
        return new ProcessTime(seconds - before.seconds, Math.max(0, jit - before.jit), Math.max(0, gc - before.gc));
    }

    private static boolean isOneOf(List<String> beginnings, String line) {
        String fromName = line.substring(line.indexOf('(') + 1);
        return beginnings.stream().anyMatch(fromName::startsWith);
    }

    /** Threads end at any moment: empty for one that has. */
    private static String line(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException e) {
            return "";
        }
    }

    private static double used(String line) {
        String[] words = line.substring(line.lastIndexOf(')') + 1).trim().split(" ");
        double ticks = 0;
        for (int i : USED) {
            ticks += Long.parseLong(words[i]);
        }
        return ticks / TICKS_A_SECOND;
    }
}
