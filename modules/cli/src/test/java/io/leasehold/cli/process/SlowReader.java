package io.leasehold.cli.process;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * One HTTP/2 connection of a client that asks, and allows the server not one byte of any answer's body: it announces a
 * window of 0. Frames and header blocks are written by hand (RFC 9113, RFC 7541), for no library would do it.
 */
final class SlowReader {
    private static final int PATIENCE_MS = 5_000;
    private static final int HEADERS = 0x1;
    private static final int RST_STREAM = 0x3;
    private static final int SETTINGS = 0x4;
    private static final int GOAWAY = 0x7;
    private static final int ACK = 0x1;
    private static final int END_STREAM_AND_HEADERS = 0x5;
    private static final int INITIAL_WINDOW_SIZE = 0x4;

    /** Of HPACK's static table: the whole field, or its name. */
    private static final int METHOD_GET = 0x82;

    private static final int SCHEME_HTTP = 0x86;
    private static final int PATH = 0x04;
    private static final int AUTHORITY = 0x01;

    private final OutputStream out;
    private final DataInputStream in;
    private final String authority;
    private final Set<Integer> asked = new HashSet<>();
    private int lastStream = -1;

    SlowReader(Socket socket, InetSocketAddress server) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        this.out = socket.getOutputStream();
        this.in = new DataInputStream(socket.getInputStream());
        this.authority = Attackers.host(server);
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        write(SETTINGS, 0, 0, new byte[] {0, INITIAL_WINDOW_SIZE, 0, 0, 0, 0});
        write(SETTINGS, ACK, 0, new byte[0]);
    }

    /** Asks for it so many times at once; stops when the server takes no more. */
    void get(String path, int times) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(METHOD_GET);
        block.write(SCHEME_HTTP);
        literal(block, PATH, path);
        literal(block, AUTHORITY, authority);
        try {
            for (int i = 0; i < times; i++) {
                lastStream += 2;
                asked.add(lastStream);
                write(HEADERS, END_STREAM_AND_HEADERS, lastStream, block.toByteArray());
            }
        } catch (IOException e) {
            // the server has closed the connection, which it may
        }
    }

    /** Reads what there is to be read until each request has the head of its answer or was refused, or nothing comes. */
    void awaitHeads() {
        try {
            while (!asked.isEmpty()) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.readUnsignedByte();
                int stream = in.readInt() & Integer.MAX_VALUE;
                in.readFully(new byte[length]);
                if (type == HEADERS || type == RST_STREAM) {
                    asked.remove(stream);
                } else if (type == GOAWAY) {
                    return;
                }
            }
        } catch (SocketTimeoutException e) {
            // it answers nothing more
        } catch (IOException e) {
            // it has closed the connection
        }
    }

    private void write(int type, int flags, int stream, byte[] payload) throws IOException {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >> 16);
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        frame[5] = (byte) (stream >> 24);
        frame[6] = (byte) (stream >> 16);
        frame[7] = (byte) (stream >> 8);
        frame[8] = (byte) stream;
        System.arraycopy(payload, 0, frame, 9, payload.length);
        out.write(frame);
    }

    /** A field without indexing, its name from the static table and its value as it is; of less than 127 bytes. */
    private static void literal(ByteArrayOutputStream block, int name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length >= 127) {
            throw new IllegalArgumentException("value: " + value + " (expected: fewer than 127 bytes)");
        }
        block.write(name);
        block.write(bytes.length);
        block.write(bytes, 0, bytes.length);
    }
}
