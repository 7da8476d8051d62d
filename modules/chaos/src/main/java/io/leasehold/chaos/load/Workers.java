package io.leasehold.chaos.load;

import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.embedded.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes that workers live in. Different processes may be used from different threads. */
public final class Workers implements AutoCloseable {
    private final Path directory;
    private final Path historyDirectory;
    private final HistoryWriter history;
    private final List<String> urls;
    private final int workersEach;
    private final List<Slot> slots = new ArrayList<>();

    private static final class Slot {
        final int number;
        int generation;
        String name;
        ChildJvm jvm;

        Slot(int number) {
            this.number = number;
        }
    }

    public Workers(
            Path directory,
            Path historyDirectory,
            HistoryWriter history,
            List<String> urls,
            int processes,
            int workersEach) {
        this.directory = directory;
        this.historyDirectory = historyDirectory;
        this.history = history;
        this.urls = urls;
        this.workersEach = workersEach;
        for (int i = 0; i < processes; i++) {
            slots.add(new Slot(i));
        }
    }

    public int processes() {
        return slots.size();
    }

    public void startAll() throws IOException {
        for (Slot slot : slots) {
            start(slot.number);
        }
    }

    /** Starts the process anew; its workers have new names. */
    public void start(int process) throws IOException {
        Slot slot = slots.get(process);
        slot.generation++;
        slot.name = "w" + (process + 1) + "-" + slot.generation;
        slot.jvm = ChildJvm.of(WorkerMain.class.getName())
                .jvmOptions("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError")
                .args(String.join(",", urls), slot.name, Integer.toString(workersEach), historyDirectory.toString())
                .logFile(directory.resolve("workers-" + (process + 1) + ".log"))
                .start();
    }

    /** SIGKILL; returns the process's name. */
    public String kill(int process) {
        Slot slot = slots.get(process);
        history.write(new Event.Silenced(List.of(slot.name + "."), System.nanoTime()));
        slot.jvm.kill();
        return slot.name;
    }

    /** SIGSTOP: its workers hear and say nothing, and believe what they last knew when they go on. */
    public String pause(int process) {
        Slot slot = slots.get(process);
        history.write(new Event.Silenced(List.of(slot.name + "."), System.nanoTime()));
        slot.jvm.pause();
        return slot.name;
    }

    /** SIGCONT. */
    public void resume(int process) {
        slots.get(process).jvm.resume();
    }

    @Override
    public void close() {
        for (Slot slot : slots) {
            if (slot.jvm != null && slot.jvm.isAlive()) {
                slot.jvm.kill();
            }
        }
    }
}
