package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.ClusterMap.Member;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What coordinators of this release and of those before it write of themselves. */
class MemberNodeTest {
    /** The content of a node as a release read it that knew of no fold versions. */
    private record MemberBefore(String id, String url, long startedMs, boolean leaving) {}

    private static Member read(String json) {
        return NodeJson.read("/coordinators/c1", json.getBytes(StandardCharsets.UTF_8), Member.class, member -> null);
    }

    @Test
    void nodeOfAnOlderReleaseReadsVersion2() {
        Member member = read("{\"id\":\"c1\",\"url\":\"http://c1\",\"startedMs\":7,\"leaving\":false}");

        assertThat(member).isEqualTo(new Member("c1", "http://c1", 7, false, 2));
    }

    @Test
    void nodeSaysTheNewestVersionThatIsRead() {
        Member member = new Member("c1", "http://c1", 7, false, 3);

        assertThat(NodeJson.read("/coordinators/c1", NodeJson.write(member), Member.class, read -> null))
                .isEqualTo(member);
    }

    @Test
    void olderReleasesReadTheNodeAllTheSame() {
        byte[] node = NodeJson.write(new Member("c1", "http://c1", 7, true, 3));

        assertThat(NodeJson.read("/coordinators/c1", node, MemberBefore.class, member -> null))
                .isEqualTo(new MemberBefore("c1", "http://c1", 7, true));
    }

    @Test
    void noVersionIsBelowThatOfTheReleasesThatSaidNone() {
        assertThat(read("{\"id\":\"c1\",\"url\":\"http://c1\",\"foldVersion\":-5}")
                        .foldVersion())
                .isEqualTo(2);
    }
}
