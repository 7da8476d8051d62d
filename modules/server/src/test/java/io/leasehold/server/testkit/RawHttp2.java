package io.leasehold.server.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A connection on which HTTP/2 is written frame by frame, as no client library would. For one thread. */
public final class RawHttp2 implements AutoCloseable {
    /** RST_STREAM's code for a stream that was not looked at. */
    public static final int REFUSED = -7;

    /** The connection ended first. */
    public static final int CLOSED = -1_000;

    private static final int PATIENCE_MS = 10_000;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PRIORITY = 0x20;
    private static final int ACK = 1;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, Integer> outcomes = new HashMap<>();
    private int streamsAllowed = Integer.MAX_VALUE;
    private String authority = "localhost";
    private String farewell = "none";
    private int next = 1;

    /** @param window how many bytes of each answer are taken before more are asked for */
    public RawHttp2(int port, int window) {
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MS);
            out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
            in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            ByteBuf settings = Unpooled.buffer().writeShort(4).writeInt(window);
            frame(SETTINGS, 0, 0, ByteBufUtil.getBytes(settings));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request without a body, and goes on; returns the stream's number. */
    public int get(String path, String... headers) {
        return request("GET", path, null, headers);
    }

    /** @param body or null */
    public int request(String method, String path, byte[] body, String... headers) {
        int stream = head(method, path, body == null, headers);
        if (body != null) {
            data(stream, body, END_STREAM);
        }
        return stream;
    }

    /** Sends the head of a request whose body follows. */
    public int begin(String method, String path, String... headers) {
        return head(method, path, false, headers);
    }

    /** Sends a part of a body that goes on. */
    public void part(int stream, byte[] bytes) {
        data(stream, bytes, 0);
    }

    private void data(int stream, byte[] bytes, int flags) {
        try {
            frame(DATA, flags, stream, bytes);
            out.flush();
        } catch (SocketException e) {
            outcomes.put(stream, CLOSED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int head(String method, String path, boolean whole, String... headers) {
        int stream = next;
        next += 2;
        Http2Headers head = new DefaultHttp2Headers(false)
                .method(method)
                .path(path)
                .scheme("http")
                .authority(authority);
        for (int i = 0; i < headers.length; i += 2) {
            head.add(headers[i], headers[i + 1]);
        }
        try {
            ByteBuf block = Unpooled.buffer();
            encoder.encodeHeaders(stream, head, block);
            frame(HEADERS, END_HEADERS | (whole ? END_STREAM : 0), stream, ByteBufUtil.getBytes(block));
            out.flush();
            return stream;
        } catch (SocketException e) {
            outcomes.put(stream, CLOSED);
            return stream;
        } catch (IOException | Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of requests from now on. */
    public void authority(String name) {
        authority = name;
    }

    public void reset(int stream) {
        try {
            frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            out.flush();
        } catch (SocketException e) {
            outcomes.put(stream, CLOSED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the other side send so many more bytes; stream 0 is the whole connection. */
    public void allow(int stream, int bytes) {
        try {
            frame(
                    WINDOW_UPDATE,
                    0,
                    stream,
                    ByteBufUtil.getBytes(Unpooled.buffer().writeInt(bytes)));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status that was answered, or minus the code that the stream was reset with, or {@link #CLOSED}. */
    public int outcome(int stream) {
        while (!outcomes.containsKey(stream)) {
            read(stream);
        }
        return outcomes.get(stream);
    }

    /** What the other side said when it ended the connection. */
    public String farewell() {
        return farewell;
    }

    /** How the stream ends once its head was answered: minus the code of its reset, or {@link #CLOSED}. */
    public int end(int stream) {
        outcome(stream);
        outcomes.remove(stream);
        return outcome(stream);
    }

    /** What the other side allows. */
    public int streamsAllowed() {
        while (streamsAllowed == Integer.MAX_VALUE) {
            read(0);
        }
        return streamsAllowed;
    }

    private void read(int waitedFor) {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            byte[] payload = in.readNBytes(length);
            switch (type) {
                case HEADERS -> outcomes.put(stream, status(stream, flags, payload));
                case RST_STREAM ->
                    outcomes.put(stream, -Unpooled.wrappedBuffer(payload).readInt());
                case SETTINGS -> settings(flags, payload);
                case PING -> {
                    if ((flags & ACK) == 0) {
                        frame(PING, ACK, 0, payload);
                        out.flush();
                    }
                }
                case GO_AWAY -> farewell = new String(payload, 8, payload.length - 8, StandardCharsets.UTF_8);
                default -> {}
            }
        } catch (EOFException | SocketException e) {
            outcomes.put(waitedFor, CLOSED);
            streamsAllowed = CLOSED;
        } catch (IOException | Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private int status(int stream, int flags, byte[] payload) throws Http2Exception {
        int skipped = (flags & PRIORITY) == 0 ? 0 : 5;
        return Integer.parseInt(
                decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload).skipBytes(skipped))
                        .status()
                        .toString());
    }

    private void settings(int flags, byte[] payload) throws IOException {
        if ((flags & ACK) != 0) {
            return;
        }
        ByteBuf settings = Unpooled.wrappedBuffer(payload);
        while (settings.isReadable()) {
            int key = settings.readUnsignedShort();
            int value = settings.readInt();
            if (key == 3) {
                streamsAllowed = value;
            }
        }
        frame(SETTINGS, ACK, 0, new byte[0]);
        out.flush();
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
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
