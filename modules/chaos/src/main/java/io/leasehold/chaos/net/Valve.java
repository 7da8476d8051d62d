package io.leasehold.chaos.net;

/** Holds the bytes of a proxy's links back while the mode says so. */
final class Valve {
    private static final long DELAY_MS = 200;

    private Proxy.Mode mode = Proxy.Mode.PASS;

    synchronized void set(Proxy.Mode mode) {
        this.mode = mode;
        notifyAll();
    }

    synchronized boolean isCut() {
        return mode == Proxy.Mode.CUT;
    }

    /** Returns when a chunk may pass; false if it never may. */
    synchronized boolean pass(boolean answer) throws InterruptedException {
        if (mode == Proxy.Mode.DELAY) {
            wait(DELAY_MS);
        }
        while (mode == Proxy.Mode.STALL || (answer && mode == Proxy.Mode.STALL_ANSWERS)) {
            wait();
        }
        return mode != Proxy.Mode.CUT;
    }
}
