package io.leasehold.simulator;

/** Something that is going to happen at some time, unless it is called off or its process dies before. */
final class Happening {
    static final int ANY_LIFE = -1;

    /** When it was to happen; later than that while its process is paused. */
    final long dueUs;

    long atUs;
    final long order;
    final SimulatedProcess process;
    final int life;
    final String what;
    Runnable run;

    /** @param life of the process in which alone it can happen; {@link #ANY_LIFE} if it waits for the process, dead or not */
    Happening(long atUs, long order, SimulatedProcess process, int life, String what, Runnable run) {
        this.dueUs = atUs;
        this.atUs = atUs;
        this.order = order;
        this.process = process;
        this.life = life;
        this.what = what;
        this.run = run;
    }

    void callOff() {
        run = null;
    }

    boolean isOff() {
        return run == null || (life != ANY_LIFE && process.life() != life);
    }

    boolean isBefore(Happening other) {
        return atUs != other.atUs ? atUs < other.atUs : order < other.order;
    }
}
