package io.leasehold.simulator;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Requests and replies: late, lost, repeated, never of unknown origin. */
final class Network {
    static final int NO_ANSWER = 0;

    private final World world;

    Network(World world) {
        this.world = world;
    }

    /** One request under way; the first that comes back of an answer, a failure or the end of patience counts. */
    private static final class Call {
        boolean over;
        Happening patience;
    }

    /**
     * @param caller hears of exactly one of answer and failure, unless it dies
     * @param serve what the server does about it; it answers through the reply
     * @param failed told an HTTP status, or {@link #NO_ANSWER}
     */
    <T> void call(
            SimulatedProcess caller,
            Coordinator server,
            String what,
            long patienceUs,
            BiConsumer<Edge, Reply<T>> serve,
            Consumer<T> answered,
            Consumer<Integer> failed) {
        Call call = new Call();
        call.patience = caller.after(patienceUs, "no answer", () -> {
            call.over = true;
            failed.accept(NO_ANSWER);
        });
        int life = caller.life();
        Reply<T> reply = new Reply<>() {
            @Override
            public void ok(T value) {
                back(() -> answered.accept(value));
            }

            @Override
            public void fail(int status) {
                back(() -> failed.accept(status));
            }

            private void back(Runnable then) {
                if (world.faults.losesReply() || caller.life() != life || call.over) {
                    return;
                }
                caller.after(world.faults.latencyUs(), what, () -> {
                    if (!call.over) {
                        call.over = true;
                        call.patience.callOff();
                        then.run();
                    }
                });
            }
        };
        deliver(server, what, serve, reply);
        if (world.faults.repeatsRequest()) {
            deliver(server, what, serve, reply);
        }
    }

    private <T> void deliver(Coordinator server, String what, BiConsumer<Edge, Reply<T>> serve, Reply<T> reply) {
        if (!world.faults.losesRequest()) {
            server.reach(
                    world.faults.latencyUs(),
                    what,
                    () -> serve.accept(server.edge(), reply),
                    () -> reply.fail(NO_ANSWER));
        }
    }
}
