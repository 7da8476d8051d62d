package io.leasehold.server.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who is connected. For one event loop. */
final class Callers {
    private static final long RESETS_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Map<HttpConnection, Caller> callers = new IdentityHashMap<>();
    private final EdgeState state;
    private final EdgeOptions options;

    Callers(EdgeState state, EdgeOptions options) {
        this.state = state;
        this.options = options;
    }

    /** A connection begins. */
    Caller connected(HttpConnection connection) {
        Caller caller = caller(connection);
        callers.put(connection, caller);
        connection.closeHandler(ignored -> {
            caller.closed();
            callers.remove(connection);
        });
        if (caller.isExempt() && connection.protocolVersion() == HttpVersion.HTTP_2) {
            connection.updateSettings(
                    EdgeVerticle.settings(options, options.budgets().peerStreams()));
        }
        return caller;
    }

    private Caller caller(HttpConnection connection) {
        SocketAddress from = connection.remoteAddress();
        InetAddress address = from == null || from.hostAddress() == null
                ? null
                : NetUtil.createInetAddressFromIpAddressString(from.hostAddress());
        return new Caller(connection, address, address != null && state.peers().isPeer(address));
    }

    Caller of(HttpConnection connection) {
        Caller known = callers.get(connection);
        return known == null ? connected(connection) : known;
    }

    /** It took a request back before it was answered: who does nothing else is cut off, for each costs work. */
    void gone(HttpConnection connection) {
        Caller caller = callers.get(connection);
        if (caller == null || caller.isClosed() || caller.isExempt()) {
            return;
        }
        if (caller.reset(System.nanoTime(), RESETS_WINDOW_NANOS) > 2 * options.maxStreams()) {
            state.meters().refused(EdgeRefusal.RESETS);
            caller.closed();
            connection.close();
        }
    }
}
