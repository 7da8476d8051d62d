package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.testkit.RawHttp;
import io.leasehold.server.testkit.RawHttp2;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page cannot use a coordinator that its reader can reach, by whatever name. */
class HostTest extends EdgeCase {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8470",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "leasehold.test.evil.example",
                "203.0.113.9:8470",
                "0.0.0.0:8470",
                "[2001:db8::9]:8470",
                "user@localhost",
                "localhost:x"
            })
    void hostThatIsNotOursIsMisdirected(String host) {
        String answer = answerTo("host: " + host);

        assertThat(answer).startsWith("HTTP/1.1 421").contains("\"code\":\"misdirected\"");
        assertThat(Scrape.of(coordinator).figure("leasehold_http_refused_total{reason=\"host\"} "))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:1",
                "localhost.:8470",
                "127.0.0.1:8471",
                "127.1.2.3",
                "[::1]:8470",
                "leasehold.test",
                "Leasehold.Test:80"
            })
    void hostThatIsOursIsTaken(String host) {
        assertThat(answerTo("host: " + host)).startsWith("HTTP/1.1 201");
    }

    @Test
    void everyAddressOfThisHostIsOurs() throws Exception {
        OwnNames names = new OwnNames(List.of());
        List<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();

        assertThat(own).isNotEmpty().allSatisfy(address -> {
            String text = address.getHostAddress().replaceAll("%.*", "");
            assertThat(names.isOurs(text.contains(":") ? "[" + text + "]:8470" : text + ":8470"))
                    .as(text)
                    .isTrue();
        });
    }

    @Test
    void starIsAnyName() {
        assertThat(new OwnNames(List.of("*")).isOurs("evil.example:1")).isTrue();
        assertThat(new OwnNames(List.of("a.example", "[2001:db8::1]")).isOurs("A.example."))
                .isTrue();
        assertThat(new OwnNames(List.of("a.example", "[2001:db8::1]")).isOurs("[2001:db8::1]:1"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "origin: http://evil.example, 403",
        "origin: null, 403",
        "origin: http://localhost:3000, 403",
        "origin: http://localhost:8470.evil.example, 403",
        "origin: http://localhost:8470, 201",
        "origin: https://localhost:8470, 201",
        "sec-fetch-site: cross-site, 403",
        "sec-fetch-site: Cross-Site, 403",
        "sec-fetch-site: same-origin, 201",
        "sec-fetch-site: none, 201"
    })
    void pageOfAnotherSiteIsRefused(String header, int status) {
        String answer = answerTo("host: localhost:8470\r\n" + header);

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer.contains("\"code\":\"cross-site\"")).isEqualTo(status == 403);
    }

    @Test
    void authorityOfHttp2IsCheckedAsHostIs() {
        try (RawHttp2 raw = new RawHttp2(coordinator.port(), 65_535)) {
            assertThat(raw.outcome(raw.get("/livez"))).isEqualTo(200);
            assertThat(raw.outcome(raw.get("/livez", "host", "localhost"))).isEqualTo(200);
            assertThat(raw.outcome(raw.get("/livez", "host", "evil.example"))).isIn(400, 421, -1);
            raw.authority("evil.example:8470");
            assertThat(raw.outcome(raw.get("/livez"))).isEqualTo(421);
        }
    }

    private String answerTo(String headers) {
        return RawHttp.exchange(
                coordinator.port(),
                "POST /v1/tasks HTTP/1.1\r\n" + headers
                        + "\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
    }
}
