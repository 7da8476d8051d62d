package io.leasehold.server.config;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.types.Password;

/** The secrets behind the lease tokens, as written in one value: {@code id:base64[,id:base64]}; the first signs. */
final class ClusterKeys {
    static final int MIN_BYTES = 16;
    static final String EXPECTED =
            "id:base64[,id:base64], each secret of at least " + MIN_BYTES + " bytes, each id of A-Z a-z 0-9 _ -";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private ClusterKeys() {}

    static boolean isGood(Object value) {
        return parse((Password) value) != null;
    }

    /** Secrets by id in the order written, or null if the text is not what it should be. */
    static Map<String, byte[]> parse(Password text) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        for (String part : text.value().split(",", -1)) {
            int colon = part.indexOf(':');
            String id = colon < 0 ? "" : part.substring(0, colon).trim();
            byte[] secret = colon < 0 ? null : decode(part.substring(colon + 1).trim());
            if (secret == null || secret.length < MIN_BYTES || !ID.matcher(id).matches()) {
                return null;
            }
            if (keys.put(id, secret) != null) {
                return null;
            }
        }
        return keys;
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
