package io.leasehold.client;

import io.leasehold.api.ClusterView.Coordinator;
import java.util.List;
import java.util.function.Consumer;

/** Where a worker learns which coordinators there are, if not from any coordinator's {@code /v1/cluster}. */
public interface CoordinatorSource extends AutoCloseable {
    /**
     * Tells the listener all coordinators, as soon as they are known and whenever they change, from any thread.
     *
     * @throws IllegalStateException if it was started before
     */
    void start(Consumer<List<Coordinator>> listener);

    @Override
    void close();
}
