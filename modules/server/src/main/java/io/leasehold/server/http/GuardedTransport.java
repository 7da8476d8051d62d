package io.leasehold.server.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;

/** The best transport of this machine, with a handler at the door of everything that listens: it sees connections as they come. */
final class GuardedTransport implements Transport {
    private final Transport transport;
    private final ChannelHandler guard;

    private GuardedTransport(Transport transport, ChannelHandler guard) {
        this.transport = transport;
        this.guard = guard;
    }

    /** @param guard sharable; is given each accepted connection before anybody else */
    static Transport of(ChannelHandler guard) {
        Transport best = Transport.nativeTransport();
        return new GuardedTransport(best != null && best.available() ? best : NIO, guard);
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public boolean available() {
        return transport.available();
    }

    @Override
    public Throwable unavailabilityCause() {
        return transport.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return new Guarded(transport.implementation(), guard);
    }

    private record Guarded(io.vertx.core.spi.transport.Transport all, ChannelHandler guard)
            implements io.vertx.core.spi.transport.Transport {
        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            ChannelFactory<? extends ServerChannel> factory = all.serverChannelFactory(domainSocket);
            return () -> {
                ServerChannel server = factory.newChannel();
                server.pipeline().addFirst(guard);
                return server;
            };
        }

        @Override
        public boolean supportsDomainSockets() {
            return all.supportsDomainSockets();
        }

        @Override
        public boolean supportFileRegion() {
            return all.supportFileRegion();
        }

        @Override
        public boolean isAvailable() {
            return all.isAvailable();
        }

        @Override
        public Throwable unavailabilityCause() {
            return all.unavailabilityCause();
        }

        @Override
        public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
            return all.convert(address);
        }

        @Override
        public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
            return all.convert(address);
        }

        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return all.ioHandlerFactory();
        }

        @Override
        public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
            return all.eventLoopGroup(type, threads, factory, ioRatio);
        }

        @Override
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return all.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
            return all.datagramChannelFactory();
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return all.channelFactory(domainSocket);
        }

        @Override
        public void configure(DatagramChannel channel, DatagramSocketOptions options) {
            all.configure(channel, options);
        }

        @Override
        public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
            all.configure(config, domainSocket, bootstrap);
        }

        @Override
        public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
            all.configure(config, domainSocket, bootstrap);
        }
    }
}
