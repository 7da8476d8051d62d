package io.leasehold.core.task;

import java.nio.charset.StandardCharsets;

/**
 * The one shard that is asked about a task id.
 *
 * <p>An id is at home where Kafka's Java producer puts a record with that key: murmur2 of its UTF-8 bytes modulo the
 * number of shards. An id of the form {@code ~<shard>.<rest>} was assigned by the coordinators and names its own home.
 */
public final class Home {
    private Home() {}

    /** The home shard of an id among {@code shards} shards. */
    public static int of(String id, int shards) {
        int named = assignedShard(id);
        if (named >= 0 && named < shards) {
            return named;
        }
        return (murmur2(id.getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % shards;
    }

    /** Whether the id has the form that only coordinators assign. */
    public static boolean isAssigned(String id) {
        return id.startsWith("~");
    }

    private static int assignedShard(String id) {
        if (!isAssigned(id)) {
            return -1;
        }
        int dot = id.indexOf('.');
        if (dot < 2 || dot > 6) {
            return -1;
        }
        int shard = 0;
        for (int i = 1; i < dot; i++) {
            char c = id.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            shard = shard * 10 + (c - '0');
        }
        return shard;
    }

    /** MurmurHash2 by Austin Appleby, 32 bits, with the seed that Kafka's default partitioner uses. */
    static int murmur2(byte[] data) {
        final int m = 0x5bd1e995;
        int h = 0x9747b28c ^ data.length;
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int k = (data[i] & 0xff)
                    | (data[i + 1] & 0xff) << 8
                    | (data[i + 2] & 0xff) << 16
                    | (data[i + 3] & 0xff) << 24;
            k *= m;
            k ^= k >>> 24;
            k *= m;
            h = (h * m) ^ k;
        }
        int rest = data.length & 3;
        if (rest == 3) {
            h ^= (data[whole + 2] & 0xff) << 16;
        }
        if (rest >= 2) {
            h ^= (data[whole + 1] & 0xff) << 8;
        }
        if (rest >= 1) {
            h ^= data[whole] & 0xff;
            h *= m;
        }
        h ^= h >>> 13;
        h *= m;
        h ^= h >>> 15;
        return h;
    }
}
