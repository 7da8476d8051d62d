package io.leasehold.simulator;

/** The process dies here and now, in the middle of whatever it does. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;
    private final transient SimulatedProcess process;

    Crash(SimulatedProcess process) {
        super(process.name(), null, false, false);
        this.process = process;
    }

    SimulatedProcess process() {
        return process;
    }
}
