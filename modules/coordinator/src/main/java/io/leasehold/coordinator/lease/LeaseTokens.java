package io.leasehold.coordinator.lease;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks lease tokens: {@code keyId.shard.fence.mac}, the last an HMAC-SHA256 (RFC 2104) of the rest and of the
 * journal's identity, cut to 128 bits. Whoever has the cluster's key can check or make again any lease's token, so the
 * journal holds no secret. Not thread-safe: one for each thread.
 */
public final class LeaseTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 16;
    private static final Pattern FORM =
            Pattern.compile("([^.]+)\\.(?:0|[1-9]\\d{0,8})\\.[1-9]\\d{0,18}\\.[A-Za-z0-9_-]{22}");

    /** A token that this cluster made. */
    public record Opened(int shard, long fence) {}

    private final Map<String, Mac> macs = new LinkedHashMap<>();
    private final String signer;
    private final byte[] context;
    private final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();

    /**
     * @param keys secrets by key id; the first makes tokens, all are accepted
     * @param context what the tokens are good for: tokens of another cluster or journal do not pass
     */
    public LeaseTokens(Map<String, byte[]> keys, String context) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("keys: none (expected: at least one)");
        }
        this.context = context.getBytes(StandardCharsets.UTF_8);
        this.signer = keys.keySet().iterator().next();
        keys.forEach((id, secret) -> macs.put(id, macOf(secret)));
    }

    private static Mac macOf(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
        }
    }

    /** A number that only who has the cluster's key can know, a different one for each purpose. */
    public long secret(String purpose) {
        byte[] mac = macs.get(signer).doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(mac).getLong();
    }

    /**
     * The beginning of a MAC of the message, good for the same journal as the tokens.
     *
     * @param message begins with a letter that names its purpose, which no token's does
     */
    public byte[] seal(byte[] message, int bytes) {
        return seal(macs.get(signer), message, bytes);
    }

    /** Whether the seal was made for this message, with any of the keys. */
    public boolean isSealed(byte[] message, byte[] seal) {
        boolean sealed = false;
        for (Mac mac : macs.values()) {
            sealed |= MessageDigest.isEqual(seal, seal(mac, message, seal.length));
        }
        return sealed;
    }

    private byte[] seal(Mac mac, byte[] message, int bytes) {
        mac.update(message);
        return Arrays.copyOf(mac.doFinal(context), bytes);
    }

    public String make(int shard, long fence) {
        return text(signer, shard, fence);
    }

    /** What the token stands for, or null if this cluster did not make it: not in this very spelling. */
    public Opened open(String token) {
        int key = token.indexOf('.');
        int shard = token.indexOf('.', key + 1);
        int fence = token.indexOf('.', shard + 1);
        if (key < 0 || shard < 0 || fence < 0 || !macs.containsKey(token.substring(0, key))) {
            return null;
        }
        try {
            Opened opened = new Opened(
                    Integer.parseInt(token, key + 1, shard, 10), Long.parseLong(token, shard + 1, fence, 10));
            String made = text(token.substring(0, key), opened.shard(), opened.fence());
            return isSame(token, made) ? opened : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * Whether the token is well formed and names a key that is not known here. Nobody can say whether this cluster made it:
     * while keys are exchanged, one coordinator knows a new key before another does.
     */
    public boolean isOfUnknownKey(String token) {
        Matcher form = FORM.matcher(token);
        return form.matches() && !macs.containsKey(form.group(1));
    }

    /** Takes as long wherever they differ. */
    private static boolean isSame(String token, String made) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), made.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String key, int shard, long fence) {
        return key + '.' + shard + '.' + fence + '.' + encoder.encodeToString(sign(macs.get(key), shard, fence));
    }

    private byte[] sign(Mac mac, int shard, long fence) {
        mac.update(ByteBuffer.allocate(12).putInt(shard).putLong(fence).array());
        return Arrays.copyOf(mac.doFinal(context), MAC_BYTES);
    }
}
