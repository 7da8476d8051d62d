package io.leasehold.cli.bench.system;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A queue under load. Its methods are called by one thread; what they return may each be used by another. */
public interface Target extends AutoCloseable {
    /** More than long enough to ask for tasks once. */
    long ASK_MS = 500;

    /** How producers and workers talk to it. */
    enum Style {
        /** One request under way each, one task a request. */
        SINGLE,
        /** As the queue's own client does best: many tasks a request, several requests under way. */
        BATCH,
        /** Each task is sent at once, and its producer does not wait for the answer. */
        PROMPT
    }

    /** Hears of tasks. Called by many threads. */
    @FunctionalInterface
    interface Handler {
        /** A worker has begun with the task of this payload; the work is to return. */
        void started(byte[] payload);
    }

    /** For one thread. */
    interface Producer extends AutoCloseable {
        /** Hands the task over, now or with others; waits while too many are under way. */
        void submit(Work work, long number) throws Exception;

        /** Returns when all that was submitted is acknowledged as durable; throws if any was refused. */
        void flush() throws Exception;

        @Override
        void close();
    }

    /** Workers at work. */
    interface Workers extends AutoCloseable {
        /** Returns when each of them waits for tasks. */
        default void awaitAttached() throws Exception {
            TimeUnit.MILLISECONDS.sleep(ASK_MS);
        }

        /** Throws if one of them is broken: what it had to do may never be done. */
        void check() throws Exception;

        /** Takes nothing more; returns when the completion of all that was started is acknowledged as durable. */
        void settle() throws Exception;

        @Override
        void close();
    }

    String name();

    /** What an acknowledged submission and completion have survived, in words. */
    String durability();

    /** The processes that serve it, by name, and their ids; empty if they are not known. */
    Map<String, Long> processes();

    Producer producer(Style style) throws Exception;

    Workers workers(int count, Style style, Handler handler) throws Exception;

    @Override
    void close();
}
