package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Refusal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one door to a shard's thread. Three lanes: control (what the logs and the host tell, few by construction and never
 * refused), heartbeats, and commands; the last two are bounded, and full means no. Anyone may put in; only the shard's
 * thread takes out.
 */
final class Mailbox {
    private final Queue<Runnable> control = new ConcurrentLinkedQueue<>();
    private final Queue<Command> heartbeats = new ConcurrentLinkedQueue<>();
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger heartbeatDepth = new AtomicInteger();
    private final AtomicInteger commandDepth = new AtomicInteger();
    private final int capacity;
    private volatile boolean closed;
    private volatile Runnable wake = () -> {};

    Mailbox(int capacity) {
        this.capacity = capacity;
    }

    /** Who is to be woken whenever something arrives. */
    void onArrival(Runnable wake) {
        this.wake = wake;
    }

    void control(Runnable message) {
        control.add(message);
        wake.run();
    }

    void heartbeat(Command command) {
        offer(heartbeats, heartbeatDepth, command);
    }

    void command(Command command) {
        offer(commands, commandDepth, command);
    }

    private void offer(Queue<Command> lane, AtomicInteger depth, Command command) {
        if (closed) {
            command.refuse(Refusal.NOT_READY);
            return;
        }
        if (depth.incrementAndGet() > capacity) {
            depth.decrementAndGet();
            command.refuse(Refusal.OVERLOADED);
            return;
        }
        lane.add(command);
        if (closed) {
            refuseAll(Refusal.NOT_READY);
        }
        wake.run();
    }

    Runnable nextControl() {
        return control.poll();
    }

    /** The next heartbeat, without taking it out. */
    Command peekHeartbeat() {
        return heartbeats.peek();
    }

    Command peekCommand() {
        return commands.peek();
    }

    void removeHeartbeat() {
        heartbeats.poll();
        heartbeatDepth.decrementAndGet();
    }

    void removeCommand() {
        commands.poll();
        commandDepth.decrementAndGet();
    }

    int depth() {
        return commandDepth.get() + heartbeatDepth.get();
    }

    /** Of each of the two bounded lanes. */
    int capacity() {
        return capacity;
    }

    boolean isEmpty() {
        return control.isEmpty() && heartbeats.isEmpty() && commands.isEmpty();
    }

    /** Refuses what waits; of what was begun nobody knows what came. */
    void refuseAll(Refusal why) {
        for (Command command = heartbeats.poll(); command != null; command = heartbeats.poll()) {
            heartbeatDepth.decrementAndGet();
            command.refuse(why);
        }
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            commandDepth.decrementAndGet();
            command.refuse(command.begun ? Refusal.OUTCOME_UNKNOWN : why);
        }
    }

    /** Refuses what waits and whatever still comes. */
    void close() {
        closed = true;
        refuseAll(Refusal.NOT_READY);
    }
}
