package io.leasehold.chaos.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection through a proxy: two sockets, and a thread for each direction. */
final class Link {
    private static final int CHUNK = 16 * 1024;

    private final Socket client;
    private final Socket server = new Socket();
    private final Valve valve;
    private final Consumer<Link> whenOver;

    Link(Socket client, Valve valve, Consumer<Link> whenOver) {
        this.client = client;
        this.valve = valve;
        this.whenOver = whenOver;
    }

    void run(InetSocketAddress target, int connectMs) {
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            // Even the connection to the target is made only when bytes may pass: a half-open network takes none.
            if (!valve.pass(false)) {
                reset();
                return;
            }
            server.connect(target, connectMs);
        } catch (IOException e) {
            reset();
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        daemon("proxy-answers", () -> copy(server, client, true));
        copy(client, server, false);
    }

    /** Ends both sides at once, so that they hear of it. */
    void reset() {
        abort(client);
        abort(server);
        whenOver.accept(this);
    }

    private void copy(Socket from, Socket to, boolean answers) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int read = from.getInputStream().read(chunk);
                    read >= 0;
                    read = from.getInputStream().read(chunk)) {
                if (!valve.pass(answers)) {
                    break;
                }
                to.getOutputStream().write(chunk, 0, read);
            }
            if (valve.pass(answers)) {
                close(client);
                close(server);
            }
        } catch (IOException e) {
            // one of the sides is gone: the other one is told
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset();
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed before
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed before
        }
    }

    static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
