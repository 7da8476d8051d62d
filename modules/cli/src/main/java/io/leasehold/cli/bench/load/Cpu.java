package io.leasehold.cli.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How much CPU each process had used at one moment.
 *
 * @param times by process; {@value #LOAD} is this one
 * @param machine seconds of everything on this machine together; NaN where that is not told
 */
record Cpu(long nanos, Map<String, ProcessTime> times, double machine) {
    static final String LOAD = "load";

    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_A_SECOND = 100;
    private static final double MICROS = 1e6;
    /** Of the first line: user, nice, system, irq, softirq. */
    private static final int[] BUSY = {1, 2, 3, 6, 7};

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** @param processes by name, their ids */
    static Cpu now(Map<String, Long> processes) {
        Map<String, ProcessTime> times = new LinkedHashMap<>();
        processes.forEach((name, pid) -> times.put(name, ProcessTime.of(pid, seconds(pid))));
        times.put(LOAD, ProcessTime.of(ProcessHandle.current().pid(), SYSTEM.getProcessCpuTime() / 1e9));
        return new Cpu(System.nanoTime(), times, machineSeconds());
    }

    /**
     * Writes down what was used since then, for each task and by process, how much of it compilers and collectors took, and
     * how busy all others kept the machine.
     */
    void since(Cpu before, long tasks, Figures figures) {
        double elapsed = (nanos - before.nanos) / 1e9;
        Map<String, ProcessTime> used = usedSince(before);
        double sum = put(figures, "cpu_us_per_task", used, ProcessTime::seconds, tasks);
        put(figures, "jit_us_per_task", used, ProcessTime::jit, tasks);
        put(figures, "gc_us_per_task", used, ProcessTime::gc, tasks);
        figures.put("other_cores", Math.max(0, machine - before.machine - sum) / elapsed);
    }

    /** @return the sum, in seconds */
    private static double put(
            Figures figures,
            String name,
            Map<String, ProcessTime> used,
            ToDoubleFunction<ProcessTime> part,
            long tasks) {
        used.forEach((process, time) -> figures.put(name + "." + process, part.applyAsDouble(time) * MICROS / tasks));
        double sum = used.values().stream().mapToDouble(part).sum();
        figures.put(name, sum * MICROS / tasks);
        return sum;
    }

    /** Writes down how many cores each process kept busy since then, its compilers alone, and all others together. */
    void coresSince(Cpu before, Figures figures) {
        double elapsed = (nanos - before.nanos) / 1e9;
        Map<String, ProcessTime> used = usedSince(before);
        used.forEach((name, time) -> figures.put("cores." + name, time.seconds() / elapsed));
        used.forEach((name, time) -> figures.put("jit_cores." + name, time.jit() / elapsed));
        double sum = used.values().stream().mapToDouble(ProcessTime::seconds).sum();
        figures.put("other_cores", Math.max(0, machine - before.machine - sum) / elapsed);
    }

    private Map<String, ProcessTime> usedSince(Cpu before) {
        Map<String, ProcessTime> used = new LinkedHashMap<>();
        times.forEach((name, now) -> used.put(name, now.since(before.times.getOrDefault(name, ProcessTime.NONE))));
        return used;
    }

    private static double seconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(used -> used.toNanos() / 1e9)
                .orElse(Double.NaN);
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
