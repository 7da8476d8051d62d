package io.leasehold.server.http;

import io.vertx.core.buffer.Buffer;

/**
 * How large the body of a request may be, in bytes.
 *
 * @param one if it is a single JSON object
 * @param most if it is an array
 */
record BodyLimit(int one, int most) {
    /** Of a body whose size does not depend on how many entries clients make of it. */
    static BodyLimit of(int most) {
        return new BodyLimit(most, most);
    }

    /** The same, but never above this. */
    BodyLimit within(int ceiling) {
        return new BodyLimit(Math.min(one, ceiling), Math.min(most, ceiling));
    }

    /** @param begin of the body: its first character that is no white space tells an array from an object */
    int mostOf(Buffer begin) {
        if (one == most) {
            return most;
        }
        for (int i = 0; i < begin.length(); i++) {
            byte next = begin.getByte(i);
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next == '[' ? most : one;
            }
        }
        return one;
    }
}
