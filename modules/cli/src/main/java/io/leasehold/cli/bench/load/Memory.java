package io.leasehold.cli.bench.load;

import io.leasehold.cli.Failure;
import io.leasehold.cli.local.CoordinatorChild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What coordinators hold in memory.
 *
 * @param heapBytes in use right after a full collection
 * @param residentBytes of the processes, as the system counts them; NaN where it does not tell
 */
record Memory(double heapBytes, double residentBytes) {
    private static final Pattern USED = Pattern.compile("heap.*?used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final double KIB = 1024;

    static Memory of(Iterable<CoordinatorChild> coordinators) throws IOException, InterruptedException {
        double heap = 0;
        double resident = 0;
        for (CoordinatorChild one : coordinators) {
            long pid = one.jvm().pid();
            jcmd(pid, "GC.run");
            heap += kib(USED, jcmd(pid, "GC.heap_info"));
            Path status = Path.of("/proc/" + pid + "/status");
            resident += Files.exists(status) ? kib(RESIDENT, Files.readString(status)) : Double.NaN;
        }
        return new Memory(heap, resident);
    }

    private static double kib(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new Failure("no figure like '" + pattern + "' in: " + text);
        }
        return Long.parseLong(matcher.group(1)) * KIB;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(program)) {
            throw new Failure(program + ": not there (expected: a JDK, whose jcmd asks a coordinator for its memory)");
        }
        Process process = new ProcessBuilder(program.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new Failure("jcmd " + pid + " " + command + " said: " + said);
        }
        return said;
    }
}
