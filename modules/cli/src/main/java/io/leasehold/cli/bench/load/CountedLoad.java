package io.leasehold.cli.bench.load;

import java.util.Map;
import picocli.CommandLine.Mixin;

/** A mode whose runs pass a number of tasks through, by a number of workers. */
abstract class CountedLoad extends LoadCommand {
    @Mixin
    private final TaskCount count;

    @Mixin
    private WorkerCount workers;

    /** @param tasksUnlessGiven of each run */
    CountedLoad(int tasksUnlessGiven) {
        count = new TaskCount(tasksUnlessGiven);
    }

    /** All of it, for so many tasks, until none is left. */
    abstract Figures pass(int tasks) throws Exception;

    @Override
    void check(Map<String, Object> settings) {
        count.check(stage, settings);
        workers.check(stage, settings);
    }

    @Override
    long mostTasks() {
        return count.tasks;
    }

    @Override
    int workers() {
        return workers.workers;
    }

    @Override
    void warmUp(int tasks) throws Exception {
        pass(tasks);
        session().requireEmpty();
    }

    @Override
    Figures measure() throws Exception {
        Figures figures = pass(count.tasks);
        session().requireEmpty();
        return figures;
    }
}
