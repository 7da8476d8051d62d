package io.leasehold.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands where connections are accepted, before anything is read: a client that says nothing counts from then on. Above the
 * limit, and above one address's share, a connection is closed at once; but a few more are let in for a moment, in which they
 * may ask what a probe asks. Thread-safe.
 */
@Sharable
final class AcceptGuard extends ChannelInboundHandlerAdapter {
    /** Connections above the limits, in all and from one address, so that probes can always get in. */
    private static final int RESERVE = 64;

    private static final int RESERVE_OF_ONE = 4;
    private static final long MOMENT_MS = 2_000;

    private final int most;
    private final AddressShares shares;
    private final AddressShares reserveShares;
    private final RequestMeters meters;
    private final AtomicInteger reserved = new AtomicInteger();
    private final Set<SocketAddress> probesOnly = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    /** @param most connections at one time */
    AcceptGuard(int most, AddressShares shares, RequestMeters meters) {
        this.most = most;
        this.shares = shares;
        this.reserveShares = new AddressShares(RESERVE_OF_ONE, address -> false);
        this.meters = meters;
    }

    /** From now on every connection is closed at once: the loops that would serve it are about to end. */
    void close() {
        closing = true;
    }

    /** Whether what comes over this connection may be a probe's question alone. */
    boolean isProbesOnly(String host, int port) {
        return !probesOnly.isEmpty()
                && probesOnly.stream()
                        .map(InetSocketAddress.class::cast)
                        .anyMatch(each -> each.getPort() == port
                                && each.getAddress().getHostAddress().equals(host));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        Channel connection = (Channel) accepted;
        if (closing || !(connection.remoteAddress() instanceof InetSocketAddress remote)) {
            connection.unsafe().closeForcibly();
            return;
        }
        if (enter(connection, remote.getAddress()) || enterReserve(ctx, connection, remote)) {
            ctx.fireChannelRead(accepted);
        } else {
            connection.unsafe().closeForcibly();
        }
    }

    private boolean enter(Channel connection, InetAddress address) {
        AtomicInteger open = meters.connections();
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            meters.refused(EdgeRefusal.CONNECTIONS);
            return false;
        }
        Runnable share = shares.take(address);
        if (share == null) {
            open.decrementAndGet();
            meters.refused(EdgeRefusal.ADDRESS_SHARE);
            return false;
        }
        connection.closeFuture().addListener(ignored -> {
            open.decrementAndGet();
            share.run();
        });
        return true;
    }

    private boolean enterReserve(ChannelHandlerContext ctx, Channel connection, InetSocketAddress remote) {
        Runnable share = reserved.incrementAndGet() > RESERVE ? null : reserveShares.take(remote.getAddress());
        if (share == null) {
            reserved.decrementAndGet();
            return false;
        }
        probesOnly.add(remote);
        connection.closeFuture().addListener(ignored -> {
            probesOnly.remove(remote);
            reserved.decrementAndGet();
            share.run();
        });
        ctx.executor().schedule(() -> connection.close(), MOMENT_MS, TimeUnit.MILLISECONDS);
        return true;
    }
}
