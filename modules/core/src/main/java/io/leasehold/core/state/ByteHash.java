package io.leasehold.core.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A 64-bit hash of bytes, eight at a time, mixed with the finalizer of Steele, Lea and Flood's SplitMix64. */
final class ByteHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteHash() {}

    static long of(long seed, byte[] bytes, int from, int to) {
        long hash = mix(seed, to - from);
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = mix(hash, (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (int shift = 0; at < to; shift += 8) {
            rest |= (bytes[at++] & 0xffL) << shift;
        }
        return mix(hash, rest);
    }

    static long mix(long hash, long value) {
        long z = (hash ^ value) + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
