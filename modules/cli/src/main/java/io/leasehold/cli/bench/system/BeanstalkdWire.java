package io.leasehold.cli.bench.system;

import io.leasehold.cli.Failure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection that speaks beanstalkd's text protocol; commands are buffered until {@link #send}. For one thread. */
final class BeanstalkdWire implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int RUN_SECONDS = 120;
    private static final byte[] END = {'\r', '\n'};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** A job that was reserved. */
    record Job(long id, byte[] body) {}

    BeanstalkdWire(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    /** @param priority lower is more urgent */
    void put(int priority, byte[] body) throws IOException {
        command("put " + priority + " 0 " + RUN_SECONDS + " " + body.length);
        out.write(body);
        out.write(END);
    }

    void reserve() throws IOException {
        command("reserve");
    }

    void reserveIfReady() throws IOException {
        command("reserve-with-timeout 0");
    }

    void delete(long id) throws IOException {
        command("delete " + id);
    }

    void send() throws IOException {
        out.flush();
    }

    void expect(String word) throws IOException {
        String answer = line();
        if (!answer.startsWith(word)) {
            throw new Failure("beanstalkd answered: " + answer + " (expected: " + word + ")");
        }
    }

    /** The answer to a reserve: null if nothing is ready. */
    Job job() throws IOException {
        String answer = line();
        if (answer.startsWith("TIMED_OUT") || answer.startsWith("DEADLINE_SOON")) {
            return null;
        }
        String[] words = answer.split(" ");
        if (!"RESERVED".equals(words[0])) {
            throw new Failure("beanstalkd answered: " + answer + " (expected: RESERVED)");
        }
        byte[] body = new byte[Integer.parseInt(words[2])];
        in.readFully(body);
        in.skipNBytes(END.length);
        return new Job(Long.parseLong(words[1]), body);
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void command(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.write(END);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
