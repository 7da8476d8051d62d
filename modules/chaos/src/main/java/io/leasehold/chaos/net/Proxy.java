package io.leasehold.chaos.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on the loopback address, whose traffic can be stopped in the ways in which networks fail. Safe for any
 * thread.
 */
public final class Proxy implements AutoCloseable {
    private static final int CONNECT_MS = 2_000;

    /** What becomes of bytes and connections. */
    public enum Mode {
        PASS,
        /** Connections are reset, and new ones too. */
        CUT,
        /** Half-open: connections stay and new ones are taken, but nothing passes until the mode changes. */
        STALL,
        /** Requests arrive, their answers do not, until the mode changes. */
        STALL_ANSWERS,
        /** Every chunk is late. */
        DELAY
    }

    private final InetSocketAddress target;
    private final InetSocketAddress address;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Valve valve = new Valve();
    private ServerSocket server;
    private Thread accepting;

    private Proxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.address = (InetSocketAddress) server.getLocalSocketAddress();
        this.target = target;
    }

    /** Starts a proxy on its own port before the target's port on this machine; the target may be down. */
    public static Proxy start(int port, int targetPort) throws IOException {
        ServerSocket server = listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Proxy proxy = new Proxy(server, new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
        proxy.accepting = Link.daemon("proxy-" + proxy.port(), () -> proxy.accept(server));
        return proxy;
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    public int port() {
        return address.getPort();
    }

    /** Nothing listens here any more, as when the target's process has ended: connections are refused. */
    public synchronized void refuse() {
        close(server);
        try {
            // A socket on which a thread still waits for connections takes one more.
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens again after {@link #refuse}. */
    public synchronized void listen() throws IOException {
        if (server.isClosed()) {
            ServerSocket again = listening(address);
            server = again;
            accepting = Link.daemon("proxy-" + port(), () -> accept(again));
        }
    }

    /** From now on; what stood still goes on when the mode lets it. */
    public void mode(Mode mode) {
        valve.set(mode);
        if (mode == Mode.CUT) {
            links.forEach(Link::reset);
        }
    }

    @Override
    public void close() {
        refuse();
        mode(Mode.CUT);
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Link link = new Link(client, valve, links::remove);
                links.add(link);
                if (valve.isCut()) {
                    link.reset();
                } else {
                    Link.daemon("proxy-connect", () -> link.run(target, CONNECT_MS));
                }
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static ServerSocket listening(InetSocketAddress address) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(address);
        return server;
    }

    private static void close(ServerSocket server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
