package io.leasehold.server.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.port.ClusterMap.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PeerWatchTest {
    private final AtomicInteger news = new AtomicInteger();
    private final PeerWatch watch = new PeerWatch();

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void closedConnectionAndARefusedOneMeanThatTheProcessIsGone() throws IOException {
        ServerSocket listening = listen(0);
        Member peer = member(listening.getLocalPort());
        watch.watch(List.of(peer), news::incrementAndGet);
        Socket accepted = listening.accept();
        assertThat(watch.isGone(peer)).isFalse();

        listening.close();
        accepted.close();

        await().until(() -> watch.isGone(peer));
        assertThat(news).hasValue(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"not a url", "", "http://", "c1:8470", "http://c1:70000", "http:///x", "http://[::1"})
    void addressThatNoneCanBeHarmsNobodyElse(String url) throws IOException {
        try (ServerSocket listening = listen(0)) {
            Member odd = new Member("odd", url, 1, false);
            Member peer = member(listening.getLocalPort());

            watch.watch(List.of(odd, peer), news::incrementAndGet);

            listening.accept().close();
            assertThat(watch.isGone(odd)).isFalse();
        }
    }

    @Test
    void closedConnectionThatCanBeMadeAnewIsNothing() throws IOException {
        try (ServerSocket listening = listen(0)) {
            Member peer = member(listening.getLocalPort());
            watch.watch(List.of(peer), news::incrementAndGet);

            listening.accept().close();
            try (Socket again = listening.accept()) {
                assertThat(again.isConnected()).isTrue();
                assertThat(watch.isGone(peer)).isFalse();
                assertThat(news).hasValue(0);
            }
        }
    }

    @Test
    void processThatWasNeverReachedIsNotSaidToBeGone() throws IOException {
        int port;
        try (ServerSocket listening = listen(0)) {
            port = listening.getLocalPort();
        }
        Member peer = member(port);
        watch.watch(List.of(peer), news::incrementAndGet);

        // It goes on trying, and is connected as soon as somebody listens: until then it was refused, and said nothing.
        try (ServerSocket listening = listen(port)) {
            listening.accept().close();
            listening.accept().close();
            assertThat(watch.isGone(peer)).isFalse();
            assertThat(news).hasValue(0);
        }
    }

    @Test
    void processThatComesBackIsNotGoneAnyMore() throws IOException {
        ServerSocket listening = listen(0);
        int port = listening.getLocalPort();
        Member peer = member(port);
        watch.watch(List.of(peer), news::incrementAndGet);
        Socket accepted = listening.accept();
        listening.close();
        accepted.close();
        await().until(() -> watch.isGone(peer));

        try (ServerSocket again = listen(port)) {
            Socket back = again.accept();
            await().until(() -> !watch.isGone(peer));
            back.close();
        }
    }

    @Test
    void anotherLifeOfTheSameIdIsWatchedAnew() throws IOException {
        ServerSocket listening = listen(0);
        Member before = member(listening.getLocalPort());
        watch.watch(List.of(before), news::incrementAndGet);
        Socket accepted = listening.accept();
        listening.close();
        accepted.close();
        await().until(() -> watch.isGone(before));

        Member after = new Member(before.id(), before.url(), before.startedMs() + 1, false);
        watch.watch(List.of(after), news::incrementAndGet);

        assertThat(watch.isGone(after)).isFalse();
        assertThat(watch.isGone(before)).isFalse();
    }

    @Test
    void leavingMemberIsTheSameProcess() throws IOException {
        try (ServerSocket listening = listen(0)) {
            Member peer = member(listening.getLocalPort());
            Member leaving = new Member(peer.id(), peer.url(), peer.startedMs(), true);
            watch.watch(List.of(peer), news::incrementAndGet);
            Socket accepted = listening.accept();

            watch.watch(List.of(leaving), news::incrementAndGet);
            listening.close();
            accepted.close();

            await().until(() -> watch.isGone(leaving));
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static Member member(int port) {
        return new Member("c1", "http://127.0.0.1:" + port, 1, false);
    }
}
