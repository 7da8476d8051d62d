package io.leasehold.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Clients on bare sockets that keep to no rule. What they open stays open until they are closed. */
final class Attackers implements AutoCloseable {
    private static final int CONNECT_MS = 5_000;
    private static final int ANSWER_MS = 2_000;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int PIPELINED = 100;
    private static final long REFUSED_PAUSE_NANOS = 20_000_000;

    /** How the names of invented methods begin. */
    static final String INVENTED = "INVENTED";

    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile boolean gone;

    /** @throws IOException if no connection is accepted */
    Socket connect(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        if (gone) {
            throw new IOException("the attackers have left");
        }
        socket.connect(to, CONNECT_MS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Begins a request, and sends so much of the body that it announces; less if the server does not want it. */
    void unfinishedBody(InetSocketAddress to, String path, int announced, int sent) {
        byte[] chunk = "[1,1,1,1,".repeat(CHUNK_BYTES / 9).getBytes(StandardCharsets.US_ASCII);
        try {
            OutputStream out = connect(to).getOutputStream();
            out.write(ascii("POST " + path + " HTTP/1.1\r\nHost: " + host(to)
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + announced + "\r\n\r\n"));
            for (int left = sent; left > 0; left -= chunk.length) {
                out.write(chunk, 0, Math.min(left, chunk.length));
            }
            out.flush();
        } catch (IOException e) {
            // refused: that is what the server may do
        }
    }

    /**
     * Asks with methods that no server knows, many at a time on one connection; where the server ends it, on another.
     *
     * @param from number of the first, which makes its name
     * @param length of each name
     */
    void inventedMethods(InetSocketAddress to, int from, int count, int length, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        int next = from;
        while (next < from + count && System.nanoTime() < deadline) {
            int some = Math.min(PIPELINED, from + count - next);
            StringBuilder requests = new StringBuilder();
            for (int i = next; i < next + some; i++) {
                requests.append(inventedMethod(i, length))
                        .append(" /v1/tasks HTTP/1.1\r\nHost: ")
                        .append(host(to))
                        .append("\r\n\r\n");
            }
            next += Math.max(1, answers(to, ascii(requests.toString()), some));
        }
    }

    static String inventedMethod(int number, int length) {
        String name = INVENTED + number + "Z";
        return name + "A".repeat(Math.max(0, length - name.length()));
    }

    /** Opens connections that say nothing; those that are refused do not count. */
    int stayInSilence(InetSocketAddress to, int count) {
        int open = 0;
        for (int i = 0; i < count; i++) {
            try {
                connect(to);
                open++;
            } catch (IOException e) {
                // refused
            }
        }
        return open;
    }

    /**
     * Opens connections that ask once and stay; those that are refused do not count. From then on every place that becomes free
     * is taken, until the attackers leave.
     */
    int takeAllPlaces(InetSocketAddress to, int count) {
        int open = 0;
        for (int i = 0; i < count; i++) {
            open += takesAPlace(to) ? 1 : 0;
        }
        Thread next = new Thread(
                () -> {
                    while (!gone) {
                        if (!takesAPlace(to)) {
                            LockSupport.parkNanos(REFUSED_PAUSE_NANOS);
                        }
                    }
                },
                "attacker");
        next.setDaemon(true);
        next.start();
        return open;
    }

    private boolean takesAPlace(InetSocketAddress to) {
        try {
            Socket socket = connect(to);
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write(ascii("GET /livez HTTP/1.1\r\nHost: " + host(to) + "\r\n\r\n"));
            if (socket.getInputStream().read() >= 0) {
                return true;
            }
            socket.close();
        } catch (IOException e) {
            // refused
        }
        return false;
    }

    /** How many of these requests were answered before the server ended the connection. */
    private int answers(InetSocketAddress to, byte[] requests, int count) {
        StringBuilder said = new StringBuilder();
        int answers = 0;
        try (Socket socket = connect(to)) {
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write(requests);
            byte[] chunk = new byte[CHUNK_BYTES];
            while (answers < count) {
                int read = socket.getInputStream().read(chunk);
                if (read < 0) {
                    break;
                }
                said.append(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
                answers = said.toString().split("HTTP/1.1 ", -1).length - 1;
            }
        } catch (IOException e) {
            // ended by force, or silent
        }
        return answers;
    }

    /** All at once, each on a thread of its own; returns when all are done, or the time is over. */
    void together(List<Runnable> attacks, Duration atMost) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Runnable attack : attacks) {
            Thread thread = new Thread(attack, "attacker");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        for (Thread thread : threads) {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
        }
    }

    static String host(InetSocketAddress to) {
        return to.getAddress().getHostAddress() + ":" + to.getPort();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        gone = true;
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
