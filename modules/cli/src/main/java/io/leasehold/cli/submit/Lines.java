package io.leasehold.cli.submit;

import io.leasehold.api.InvalidTask;
import io.leasehold.api.TaskReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiConsumer;

/** Tasks out of a stream, one JSON object a line. A line that is no valid task is told apart and passed over. */
final class Lines {
    /** Larger than any task that a coordinator takes; what is longer is not kept. */
    static final int MAX_LINE_BYTES = 16 << 20;

    private final InputStream in;
    private final TaskReader reader = new TaskReader(MAX_LINE_BYTES);
    private final BiConsumer<Integer, InvalidTask> onInvalid;
    private int line;

    /** @param onInvalid told the number and the fault of every bad line */
    Lines(InputStream in, BiConsumer<Integer, InvalidTask> onInvalid) {
        this.in = in;
        this.onInvalid = onInvalid;
    }

    /** The next valid task, or null at the end. */
    Item next() throws IOException {
        byte[] bytes = readLine();
        while (bytes != null) {
            try {
                if (!isBlank(bytes)) {
                    return new Item(line, reader.read(bytes), bytes);
                }
            } catch (InvalidTask e) {
                onInvalid.accept(line, e);
            }
            bytes = readLine();
        }
        return null;
    }

    private byte[] readLine() throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        line++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        while (next >= 0 && next != '\n') {
            // One byte more than allowed is kept, so that the reader refuses the line by its size.
            if (bytes.size() <= MAX_LINE_BYTES) {
                bytes.write(next);
            }
            next = in.read();
        }
        return bytes.toByteArray();
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
