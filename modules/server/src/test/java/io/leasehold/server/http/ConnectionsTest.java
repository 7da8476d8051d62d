package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.server.testkit.RawHttp;
import io.leasehold.server.testkit.TestCoordinator;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections count from the moment they are accepted, and probes get in whatever is open. */
class ConnectionsTest extends EdgeCase {
    private static final int MOST = 20;
    private static final String PROBE = "GET /livez HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

    private final List<RawHttp> silent = new ArrayList<>();

    @Override
    EdgeOptions options() {
        return TestCoordinator.options(10_000, 30_000, MOST);
    }

    @AfterEach
    void hangUp() {
        silent.forEach(RawHttp::close);
    }

    @Test
    void connectionThatSaysNothingCounts() {
        fill();

        assertThat(open()).isEqualTo(MOST);
        List<RawHttp> more = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            more.add(new RawHttp(coordinator.port()));
        }
        // A handful waits for what a probe may ask, for a moment; all others were closed at once.
        for (RawHttp one : more) {
            assertThat(one.untilClosed()).isEmpty();
            one.close();
        }
        assertThat(Scrape.of(coordinator).figure("leasehold_http_refused_total{reason=\"connections\"} "))
                .isGreaterThanOrEqualTo(30);
        assertThat(open()).isEqualTo(MOST);
    }

    @Test
    void probeGetsInWhenAllConnectionsAreTakenAndNothingElseDoes() {
        fill();

        assertThat(RawHttp.exchange(coordinator.port(), PROBE))
                .startsWith("HTTP/1.1 200")
                .endsWith("ok\n");
        assertThat(RawHttp.exchange(coordinator.port(), PROBE.replace("livez", "readyz")))
                .startsWith("HTTP/1.1 200");
        assertThat(RawHttp.exchange(coordinator.port(), PROBE.replace("livez", "metrics")))
                .startsWith("HTTP/1.1 200")
                .contains("leasehold_http_connections " + MOST);
        assertThat(RawHttp.exchange(coordinator.port(), PROBE.replace("livez", "v1/cluster")))
                .startsWith("HTTP/1.1 503")
                .contains("\"code\":\"busy\"")
                .contains("retry-after: 1");
    }

    @Test
    void connectionThatEndsMakesRoom() {
        fill();
        silent.remove(0).close();

        await().until(() -> open() < MOST);
        assertThat(RawHttp.exchange(coordinator.port(), PROBE.replace("livez", "v1/cluster")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void addressHasItsShareAndGetsItBack() throws Exception {
        InetAddress one = InetAddress.getByName("192.0.2.1");
        InetAddress other = InetAddress.getByName("192.0.2.2");
        InetAddress peer = InetAddress.getByName("192.0.2.3");
        AddressShares shares = new AddressShares(2, peer::equals);

        Runnable first = shares.take(one);
        assertThat(shares.take(one)).isNotNull();
        assertThat(shares.take(one)).isNull();
        assertThat(shares.take(other)).isNotNull();
        for (int i = 0; i < 5; i++) {
            assertThat(shares.take(peer)).isNotNull();
            assertThat(shares.take(InetAddress.getLoopbackAddress())).isNotNull();
        }

        first.run();
        first.run();
        assertThat(shares.take(one)).isNotNull();
        assertThat(shares.take(one)).isNull();
        assertThat(shares.size()).isEqualTo(2);
    }

    @Test
    void hostOfIpv6CountsAsItsNetwork() throws Exception {
        AddressShares shares = new AddressShares(1, address -> false);

        assertThat(shares.take(InetAddress.getByName("2001:db8:1:2::1"))).isNotNull();
        assertThat(shares.take(InetAddress.getByName("2001:db8:1:2:ffff::2"))).isNull();
        assertThat(shares.take(InetAddress.getByName("2001:db8:1:3::1"))).isNotNull();
    }

    private void fill() {
        // The test's own client may hold one.
        while (open() < MOST) {
            int before = (int) open();
            silent.add(new RawHttp(coordinator.port()));
            await().until(() -> open() > before);
        }
    }

    private long open() {
        return Scrape.of(coordinator).figure("leasehold_http_connections ");
    }
}
