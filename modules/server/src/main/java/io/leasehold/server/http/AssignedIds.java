package io.leasehold.server.http;

import io.leasehold.api.Limits;
import io.leasehold.api.Names;
import io.leasehold.coordinator.lease.LeaseTokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Names tasks that come without an id: {@code ~<shard>.} and 18 bytes as text, of which 11 are chance and 7 a MAC under the
 * cluster's key. So any coordinator can tell an id that was assigned from one that somebody made up, and takes it back from
 * a client that was not told what became of its task. For one event loop.
 */
final class AssignedIds {
    private static final int RANDOM_BYTES = 11;
    private static final int SEAL_BYTES = 7;
    private static final byte[] PURPOSE = "id".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final LeaseTokens tokens;

    AssignedIds(LeaseTokens tokens) {
        this.tokens = tokens;
    }

    /** A new id whose home is the given shard; nobody can guess it. */
    String assign(int shard) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        byte[] seal = tokens.seal(message(shard, random), SEAL_BYTES);
        byte[] bytes = ByteBuffer.allocate(RANDOM_BYTES + SEAL_BYTES)
                .put(random)
                .put(seal)
                .array();
        return Limits.ASSIGNED_ID_PREFIX + Integer.toString(shard) + '.' + TEXT.encodeToString(bytes);
    }

    /** Whether a coordinator of this cluster assigned it, in this very spelling. */
    boolean isGenuine(String id) {
        if (!Names.isAssignedForm(id)) {
            return false;
        }
        int dot = id.indexOf('.');
        String number = id.substring(1, dot);
        int shard = Integer.parseInt(number);
        byte[] bytes = Base64.getUrlDecoder().decode(id.substring(dot + 1));
        return number.equals(Integer.toString(shard))
                && tokens.isSealed(
                        message(shard, Arrays.copyOf(bytes, RANDOM_BYTES)),
                        Arrays.copyOfRange(bytes, RANDOM_BYTES, bytes.length));
    }

    private static byte[] message(int shard, byte[] random) {
        return ByteBuffer.allocate(PURPOSE.length + Integer.BYTES + RANDOM_BYTES)
                .put(PURPOSE)
                .putInt(shard)
                .put(random)
                .array();
    }
}
