package io.leasehold.cli.bench.system;

import io.leasehold.client.transport.Transport;
import java.util.concurrent.CompletableFuture;

/** A transport that many clients of this process use, so that none of them may close it. */
final class SharedTransport implements Transport {
    private final Transport transport;

    SharedTransport(Transport transport) {
        this.transport = transport;
    }

    @Override
    public CompletableFuture<Answer> send(Request request) {
        return transport.send(request);
    }

    @Override
    public void close() {}
}
