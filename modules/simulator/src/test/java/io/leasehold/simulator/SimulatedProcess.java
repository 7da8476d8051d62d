package io.leasehold.simulator;

import java.util.ArrayList;
import java.util.List;

/** Something that runs, is paused, dies and comes back. What it had in mind dies with it. */
abstract class SimulatedProcess {
    final World world;
    private final String name;
    private int life;
    private boolean up;
    private long pausedUntilUs;
    /** When it was stopped, from and until; the last one may still be going on. */
    private final List<long[]> stops = new ArrayList<>();

    private int running;
    private long interruptedUs = -1;
    /** It is dying, though something may have caught that. */
    private Crash crash;

    SimulatedProcess(World world, String name) {
        this.world = world;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** What sets the time of day of its machine. */
    long sourceOfTimeMs() {
        return world.wallMs();
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
        crash = null;
        up = true;
        resume();
        begin();
    }

    final void die() {
        if (up) {
            life++;
            crash = null;
            up = false;
            resume();
            world.trace.note(life, () -> name + " dies");
            ended();
        }
    }

    abstract void begin();

    abstract void ended();

    void pause(long us) {
        long nowUs = world.timeline.nowUs();
        if (pausedUntilUs <= nowUs || stops.isEmpty()) {
            stops.add(new long[] {nowUs, nowUs});
        }
        pausedUntilUs = Math.max(pausedUntilUs, nowUs + us);
        stops.get(stops.size() - 1)[1] = pausedUntilUs;
        world.trace.note(us, () -> name + " is paused for " + us / 1_000 + " ms");
    }

    void resume() {
        if (isPaused()) {
            stops.get(stops.size() - 1)[1] = world.timeline.nowUs();
            world.timeline.goesOn(this);
        }
        pausedUntilUs = 0;
    }

    /** For how long it was stopped between these times, each time less so much. */
    long stoppedUs(long fromUs, long toUs, long lessUs) {
        long sumUs = 0;
        for (int i = stops.size() - 1; i >= 0 && stops.get(i)[1] > fromUs; i--) {
            long[] stop = stops.get(i);
            sumUs += Math.max(0, Math.min(stop[1], toUs) - Math.max(stop[0], fromUs) - lessUs);
        }
        return sumUs;
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
        goOnDying();
    }

    private void crash() {
        crash = new Crash(this);
        throw crash;
    }

    /** Whatever caught its crash, it does nothing more. */
    void goOnDying() {
        if (crash != null) {
            throw crash;
        }
    }

    /** A moment at which a running process may be stopped, or killed. */
    void interruption() {
        if (running == 0 || !world.canInterrupt() || !world.faults.interruptsNow()) {
            return;
        }
        int lifeThen = life;
        if (world.dice.perMille(200)) {
            crash();
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
            crash();
        }
    }
}
