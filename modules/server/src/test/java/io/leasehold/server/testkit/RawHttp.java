package io.leasehold.server.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection on which HTTP/1.1 is written byte by byte, as no client library would. */
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;

    public RawHttp(int port) {
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came back until the other side closed; fails if it does not. */
    public static String exchange(int port, String request) {
        try (RawHttp raw = new RawHttp(port)) {
            raw.write(request);
            return raw.untilClosed();
        }
    }

    public void write(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that comes before the other side closes. A reset closes too. */
    public String untilClosed() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                read.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open after: " + text(read), e);
        } catch (SocketException e) {
            // reset
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text(read);
    }

    /** Everything up to these words; fails if the other side closes before. */
    public String until(String words) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            while (!text(read).endsWith(words)) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new AssertionError("closed before " + words + ", after: " + text(read));
                }
                read.write(next);
            }
        } catch (IOException e) {
            throw new AssertionError("no " + words + " after: " + text(read), e);
        }
        return text(read);
    }

    private static String text(ByteArrayOutputStream read) {
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
