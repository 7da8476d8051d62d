package io.leasehold.server.http;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/** A question to a shard whose answer, given on the shard's thread, arrives on the event loop that asked. */
final class Asked<T> implements Answer<T> {
    private final int shard;
    private final Context loop;
    private final Promise<T> promise = Promise.promise();

    private Asked(int shard, Context loop) {
        this.shard = shard;
        this.loop = loop;
    }

    /** @return fails with a {@link RefusedException} only */
    static <T> Future<T> of(Context loop, int shard, Consumer<Answer<T>> question) {
        Asked<T> asked = new Asked<>(shard, loop);
        question.accept(asked);
        return asked.promise.future();
    }

    @Override
    public void done(T value) {
        loop.runOnContext(ignored -> promise.tryComplete(value));
    }

    @Override
    public void refused(Refusal why) {
        loop.runOnContext(ignored -> promise.tryFail(new RefusedException(why, shard)));
    }
}
