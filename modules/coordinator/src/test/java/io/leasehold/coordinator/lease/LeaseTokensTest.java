package io.leasehold.coordinator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseTokensTest {
    private final byte[] oldKey = "0123456789abcdef".getBytes();
    private final byte[] newKey = "fedcba9876543210".getBytes();
    private final LeaseTokens tokens = new LeaseTokens(Map.of("k1", oldKey), "cluster");

    @Test
    void aTokenOpensToWhatItWasMadeFor() {
        String token = tokens.make(3, 1L << 52);

        assertThat(token).startsWith("k1.3.4503599627370496.");
        assertThat(tokens.open(token)).isEqualTo(new LeaseTokens.Opened(3, 1L << 52));
    }

    @Test
    void noChangedTokenOpens() {
        String token = tokens.make(3, 17);

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == '1' ? '2' : '1';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.open(forged)).as(forged).isNull();
        }
        for (String rubbish :
                new String[] {"", ".", "k1", "k1.3.17", "k1.3.17.", "k1.x.17.AAAA", "k1.3.17.%%", token + ".x"}) {
            assertThat(tokens.open(rubbish)).as(rubbish).isNull();
        }
    }

    @Test
    void onlyAWellFormedTokenOfAnotherKeyIsOfAnUnknownKey() {
        String token = tokens.make(3, 17);

        assertThat(tokens.isOfUnknownKey(token.replace("k1.", "k2."))).isTrue();
        for (String known :
                new String[] {token, token.replace(".17.", ".18."), "", "k2", "k2.3.17.", "k2.3.17.AAAA", "x"}) {
            assertThat(tokens.isOfUnknownKey(known)).as(known).isFalse();
        }
    }

    @Test
    void aLeaseHasOneSpelling() {
        String token = tokens.make(3, 17);
        String mac = token.substring(token.lastIndexOf('.') + 1);

        for (String spelling : new String[] {"k1.03.17.", "k1.+3.17.", "k1.3.017.", "k1.3.+17."}) {
            assertThat(tokens.open(spelling + mac)).as(spelling).isNull();
        }
        assertThat(tokens.open(token + "==")).isNull();
    }

    @Test
    void aTokenOfAnotherClusterDoesNotOpen() {
        assertThat(new LeaseTokens(Map.of("k1", oldKey), "other").open(tokens.make(1, 1)))
                .isNull();
    }

    @Test
    void tokensOfAnOlderKeyOpenWhileItIsKept() {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        keys.put("k2", newKey);
        keys.put("k1", oldKey);
        LeaseTokens rotated = new LeaseTokens(keys, "cluster");

        assertThat(rotated.make(1, 1)).startsWith("k2.");
        assertThat(rotated.open(tokens.make(1, 1))).isNotNull();
    }
}
