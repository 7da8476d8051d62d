package io.leasehold.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final long LONGEST_MS = 5_000;
    private static final List<FaultKind> RUNNING =
            Arrays.stream(FaultKind.values()).filter(kind -> !kind.isLast()).toList();

    @Test
    void sameSeedGivesTheSameFaults() {
        assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8));
    }

    @Test
    void everyKindComesAndNoneThatIsLast() {
        Set<FaultKind> kinds = new HashSet<>();
        faults(7).forEach(fault -> kinds.add(fault.kind()));
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(RUNNING);
    }

    @Test
    void noFaultIsHeldLongerThanAllowed() {
        assertThat(faults(7)).allMatch(fault -> fault.holdMs() <= LONGEST_MS);
    }

    private static List<Fault> faults(long seed) {
        FaultPlan plan = new FaultPlan(seed, RUNNING, 3, 4, 1, LONGEST_MS);
        return Stream.generate(plan::next).limit(1_000).toList();
    }
}
