package io.leasehold.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The journal's format, byte for byte. Records like these lie in brokers: whoever must change one here adds a new kind. */
class TurnGoldenTest {
    private static final String HEADER = "01030123456789abcdefac0280a0f1c2b13400";

    private static final Map<String, String> GOLDEN = Map.ofEntries(
            Map.entry("claimed", "01076e6f64652d31046b666b046a726e04696e620401fffffffffffffffe02ab02"),
            Map.entry("released", "02"),
            Map.entry("termsSet", "0f038827"),
            Map.entry("timeSet", "108aa0f1c2b134"),
            Map.entry(
                    "accepted",
                    "030704c3a931056d61696c0573656e6409e0f4f4c2b134f4a3f1c2b13403904e01643ff800000000"
                            + "0000a8460c30302d61622d63642d3031027b7d81a0f1c2b134"),
            Map.entry("inboxSettled", "048001"),
            Map.entry("leased", "050780808094ae98c606b0ea0104772d3104702d31"),
            Map.entry("completed", "060780808094ae98c60682a0f1c2b13401035b315d"),
            Map.entry("failed", "070780808094ae98c606e8a7f1c2b13405626f6f6d"),
            Map.entry("returned", "080780808094ae98c60683a0f1c2b134"),
            Map.entry("leaseExpired", "090780808094ae98c60601"),
            Map.entry("deadLettered", "0a070484a0f1c2b134"),
            Map.entry("expired", "0b0785a0f1c2b134"),
            Map.entry("cancelled", "0c0786a0f1c2b134"),
            Map.entry("redriven", "0d070887a0f1c2b13400"),
            Map.entry("purged", "1207"),
            Map.entry("endsPublished", "0e09"),
            Map.entry(
                    "based",
                    "200280010880808094ae98c6060908076e6f64652d31046b666b046a726e04696e620401fffffffffffffffe02ab02"),
            Map.entry(
                    "carried",
                    "210704c3a931056d61696c0573656e6409e0f4f4c2b134f4a3f1c2b13403904e01643ff8000000000000a8460c30302d61622d"
                            + "63642d3031027b7d81a0f1c2b13489a0f1c2b13403020180808094ae98c606ffffff93ae98c60605626f6f6d01b0"
                            + "ea0104772d310000"),
            Map.entry("trimmed", "2202ac0288a0f1c2b13405"),
            Map.entry("digested", "250123456789abcdef"));

    static Stream<String> kinds() {
        return Arrays.stream(Events.class.getMethods()).map(Method::getName).sorted();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theBytesOfAFactNeverChange(String kind) {
        String bytes =
                HexFormat.of().formatHex(Samples.record(Samples.ofEachKind().get(kind)));
        assertThat(GOLDEN).as("golden bytes of each kind").containsKey(kind);
        assertThat(bytes).isEqualTo(HEADER + GOLDEN.get(kind));
    }

    @Test
    void theBytesOfAClaimThatSaysItsTermsNeverChange() {
        byte[] claim = Samples.record(to -> to.claimed(Samples.claimWithTerms()));
        assertThat(HexFormat.of().formatHex(claim))
                .isEqualTo(HEADER + "11076e6f64652d31046b666b046a726e04696e6204038827fffffffffffffffe02ab02");
    }

    @Test
    void theBytesOfABaseUnderTermsNeverChange() {
        byte[] base = Samples.record(to -> to.based(new Base(2, 128, 8, 9, 9, 8, Samples.claimWithTerms())));
        assertThat(HexFormat.of().formatHex(base))
                .isEqualTo(HEADER
                        + "2602800108090908076e6f64652d31046b666b046a726e04696e6204038827fffffffffffffffe02ab02");
    }

    @Test
    void theBytesOfACarriedTaskThatWasPurgedNeverChange() {
        End end = new End(9, EndCause.NOT_RETRYABLE, 1_800_000_000_004L, false, new byte[0], true);
        byte[] carried = Samples.record(to -> to.carried(Samples.carried(null, end)));
        assertThat(HexFormat.of().formatHex(carried))
                .isEqualTo(HEADER
                        + "270704c3a931056d61696c0573656e6409e0f4f4c2b134f4a3f1c2b13403904e01643ff8000000000000a8460c30302d61622d"
                        + "63642d3031027b7d81a0f1c2b13489a0f1c2b13403020180808094ae98c606ffffff93ae98c60605626f6f6d00"
                        + "03090484a0f1c2b13400");
    }

    @Test
    void theBytesOfACarriedEndThatSaysLengthsNeverChange() {
        End end = new End(9, EndCause.NOT_RETRYABLE, 1_800_000_000_004L, false, null, false, 1_025, 1_026);
        byte[] carried = Samples.record(to -> to.carried(Samples.carried(null, end)));
        assertThat(HexFormat.of().formatHex(carried))
                .isEqualTo(HEADER
                        + "280704c3a931056d61696c0573656e6409e0f4f4c2b134f4a3f1c2b13403904e01643ff8000000000000a8460c30302d61622d"
                        + "63642d3031027b7d81a0f1c2b13489a0f1c2b13403020180808094ae98c606ffffff93ae98c60605626f6f6d00"
                        + "0481088208020904" + "84a0f1c2b13400");
    }

    @Test
    void theBytesOfAnInboxPositionAndABaseWithTheirLeaderEpochNeverChange() {
        byte[] settled = Samples.record(to -> to.inboxSettled(128, 7));
        assertThat(HexFormat.of().formatHex(settled)).isEqualTo(HEADER + "13800107");
        byte[] base = Samples.record(to -> to.based(new Base(2, 128, 7, 8, 9, 9, 8, Samples.claimOf(4))));
        assertThat(HexFormat.of().formatHex(base))
                .isEqualTo(HEADER
                        + "290280010808090908076e6f64652d31046b666b046a726e04696e6204048827fffffffffffffffe02ab02");
    }

    @Test
    void theBytesOfAHeaderNeverChange() {
        assertThat(HexFormat.of().formatHex(Samples.record(to -> {}))).isEqualTo(HEADER);
    }
}
