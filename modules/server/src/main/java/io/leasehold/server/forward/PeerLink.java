package io.leasehold.server.forward;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An idle connection to another coordinator, made anew whenever it closes. The other process is gone if it closed and a new
 * one is refused. That it cannot be reached at all, or was never reached, says nothing: the way may be blocked, the address
 * another one seen from here.
 */
final class PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final long RETRY_MS = 250;
    /** A process that ends may take one more connection before it closes all. */
    private static final long RECONNECT_MS = 10;

    private static final int DEFAULT_PORT = 80;
    private static final int MOST_PORT = 65_535;

    private final String id;
    private final URI url;
    private final Runnable news;
    private final Thread thread;
    private volatile Socket socket;
    private volatile boolean gone;
    private volatile boolean stopped;
    private boolean wasConnected;

    /**
     * @param news run on the link's thread when the process is found to be gone
     * @throws IllegalArgumentException if nothing can be at this address
     */
    PeerLink(String id, String url, Runnable news) {
        this.id = id;
        this.url = checked(url);
        this.news = news;
        thread = new Thread(this::run, "leasehold-peer-" + id);
        thread.setDaemon(true);
    }

    private static URI checked(String url) {
        URI uri = URI.create(String.valueOf(url));
        if (uri.getHost() == null || uri.getPort() > MOST_PORT) {
            throw new IllegalArgumentException("url: " + url + " (expected: http://host:port or https://host:port)");
        }
        return uri;
    }

    void start() {
        thread.start();
    }

    boolean isGone() {
        return gone;
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        closeQuietly(socket);
    }

    private void run() {
        while (!stopped) {
            long pauseMs = RETRY_MS;
            try (Socket open = new Socket()) {
                socket = open;
                connect(open);
                awaitClose(open);
                pauseMs = RECONNECT_MS;
            } catch (ConnectException e) {
                refused(e);
            } catch (IOException e) {
                LOG.debug("{} at {}: no connection", id, url, e);
            }
            if (!stopped) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(pauseMs));
            }
        }
    }

    private void connect(Socket open) throws IOException {
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        open.setKeepAlive(true);
        open.connect(new InetSocketAddress(url.getHost(), port), CONNECT_TIMEOUT_MS);
        wasConnected = true;
        if (gone) {
            LOG.info("{} at {} can be reached again", id, url);
            gone = false;
        }
    }

    /** Nothing is sent, so nothing is answered; however it ends, it has. */
    private void awaitClose(Socket open) {
        try {
            while (!stopped && open.getInputStream().read() >= 0) {
                LOG.debug("{} at {} sends without being asked", id, url);
            }
        } catch (IOException e) {
            LOG.debug("{} at {}: the connection broke", id, url, e);
        }
    }

    private void refused(ConnectException e) {
        // The other way to end here is a connection that timed out.
        boolean nobodyListens = String.valueOf(e.getMessage()).contains("refused");
        if (wasConnected && nobodyListens && !gone && !stopped) {
            LOG.info("{} at {} is gone: its connection closed, and a new one is refused", id, url);
            gone = true;
            news.run();
        }
    }

    private static void closeQuietly(Socket open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.debug("a connection did not close", e);
        }
    }
}
