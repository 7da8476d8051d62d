package io.leasehold.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP relay between one coordinator and ZooKeeper that can be cut and mended: the network's failures, on one machine. */
final class Cable implements AutoCloseable {
    private final ServerSocket near;
    private final int farPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Cable(int farPort) throws IOException {
        this.farPort = farPort;
        near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String connect() {
        return "127.0.0.1:" + near.getLocalPort();
    }

    void cut() {
        cut = true;
        open.forEach(Cable::closeQuietly);
    }

    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        cut();
        near.close();
    }

    private void accept() {
        while (!near.isClosed()) {
            try {
                join(near.accept());
            } catch (IOException e) {
                // The far end is down, or this cable is closed: the next accept tells.
            }
        }
    }

    private void join(Socket here) throws IOException {
        open.add(here);
        if (cut) {
            closeQuietly(here);
            return;
        }
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), farPort);
            open.add(there);
            daemon(() -> pump(here, there));
            daemon(() -> pump(there, here));
        } catch (IOException e) {
            closeQuietly(here);
            throw e;
        }
        if (cut) {
            cut();
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut, or closed by one end.
        }
        closeQuietly(from);
        closeQuietly(to);
        open.remove(from);
        open.remove(to);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void daemon(Runnable task) {
        new DaemonThreads("cable").newThread(task).start();
    }
}
