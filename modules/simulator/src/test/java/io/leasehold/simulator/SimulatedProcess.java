package io.leasehold.simulator;

/** Something that runs, is paused, dies and comes back. What it had in mind dies with it. */
abstract class SimulatedProcess {
    final World world;
    private final String name;
    private int life;
    private boolean up;
    private long pausedUntilUs;
    private int running;
    private long interruptedUs = -1;

    SimulatedProcess(World world, String name) {
        this.world = world;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Counts its starts and deaths. */
    int life() {
        return life;
    }

    boolean isUp() {
        return up;
    }

    long pausedUntilUs() {
        return pausedUntilUs;
    }

    /** Whether time has passed since the present step began: what was true then need not be now. */
    boolean wasInterrupted() {
        return interruptedUs == world.timeline.nowUs();
    }

    boolean isPaused() {
        return pausedUntilUs > world.timeline.nowUs();
    }

    final void start() {
        life++;
        up = true;
        pausedUntilUs = 0;
        begin();
    }

    final void die() {
        if (up) {
            life++;
            up = false;
            pausedUntilUs = 0;
            world.trace.note(life, () -> name + " dies");
            ended();
        }
    }

    abstract void begin();

    abstract void ended();

    void pause(long us) {
        pausedUntilUs = Math.max(pausedUntilUs, world.timeline.nowUs() + us);
        world.trace.note(us, () -> name + " is paused for " + us / 1_000 + " ms");
    }

    void resume() {
        pausedUntilUs = 0;
    }

    Happening after(long delayUs, String what, Runnable run) {
        return world.timeline.after(delayUs, this, what, () -> doing(run));
    }

    Happening atTrue(long atUs, String what, Runnable run) {
        return world.timeline.at(atUs, this, what, () -> doing(run));
    }

    /** Something reaches it from outside: its code runs if it is up then, the other if it is down. */
    void reach(long delayUs, String what, Runnable ifUp, Runnable ifDown) {
        world.timeline.reach(delayUs, this, what, () -> {
            if (up) {
                doing(ifUp);
            } else {
                ifDown.run();
            }
        });
    }

    /** Its own code runs: from here on it may be interrupted anywhere. */
    private void doing(Runnable run) {
        running++;
        try {
            run.run();
        } finally {
            running--;
        }
    }

    /** A moment at which a running process may be stopped, or killed. */
    void interruption() {
        if (running == 0 || !world.canInterrupt() || !world.faults.interruptsNow()) {
            return;
        }
        int lifeThen = life;
        if (world.dice.perMille(200)) {
            throw new Crash(this);
        }
        long us = Math.min(world.faults.interruptionUs(), world.leftOfOuterInterruptionUs());
        pause(us);
        world.interrupted(us, () -> {
            while (isPaused()) {
                world.timeline.runUntil(pausedUntilUs);
            }
        });
        interruptedUs = world.timeline.nowUs();
        if (life != lifeThen) {
            throw new Crash(this);
        }
    }
}
