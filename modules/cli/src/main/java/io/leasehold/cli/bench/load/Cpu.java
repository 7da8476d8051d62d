package io.leasehold.cli.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU seconds since each process was started, at one moment.
 *
 * @param seconds by process; {@value #LOAD} is this one
 * @param machine of everything on this machine together; NaN where that is not told
 */
record Cpu(long nanos, Map<String, Double> seconds, double machine) {
    static final String LOAD = "load";

    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_A_SECOND = 100;
    /** Of the first line: user, nice, system, irq, softirq. */
    private static final int[] BUSY = {1, 2, 3, 6, 7};

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** @param processes by name, their ids */
    static Cpu now(Map<String, Long> processes) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, pid) -> seconds.put(
                name,
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(Cpu::seconds)
                        .orElse(Double.NaN)));
        seconds.put(LOAD, SYSTEM.getProcessCpuTime() / 1e9);
        return new Cpu(System.nanoTime(), seconds, machineSeconds());
    }

    /** Writes down what was used since then, for each task and by process, and how busy all others kept the machine. */
    void since(Cpu before, long tasks, Figures figures) {
        double elapsed = (nanos - before.nanos) / 1e9;
        double sum = 0;
        for (Map.Entry<String, Double> one : seconds.entrySet()) {
            double used = one.getValue() - before.seconds.getOrDefault(one.getKey(), Double.NaN);
            figures.put("cpu_us_per_task." + one.getKey(), used * 1e6 / tasks);
            sum += used;
        }
        figures.put("cpu_us_per_task", sum * 1e6 / tasks);
        figures.put("other_cores", Math.max(0, machine - before.machine - sum) / elapsed);
    }

    /** Writes down how many cores each process kept busy since then. */
    void coresSince(Cpu before, Figures figures) {
        double elapsed = (nanos - before.nanos) / 1e9;
        seconds.forEach((name, now) ->
                figures.put("cores." + name, (now - before.seconds.getOrDefault(name, Double.NaN)) / elapsed));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double machineSeconds() {
        try {
            String[] words = Files.readAllLines(STAT).get(0).trim().split("\\s+");
            double ticks = 0;
            for (int i : BUSY) {
                ticks += Long.parseLong(words[i]);
            }
            return ticks / TICKS_A_SECOND;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
