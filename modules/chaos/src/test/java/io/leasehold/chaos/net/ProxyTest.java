package io.leasehold.chaos.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProxyTest {
    private static final int SHORT_MS = 300;

    private ServerSocket echo;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Link.daemon("echo", this::echoAll);
        proxy = Proxy.start(0, echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesBytesBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 7)).isEqualTo(7);
        }
    }

    @Test
    void cutEndsConnectionsAndTakesNone() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 7)).isEqualTo(7);
            proxy.mode(Proxy.Mode.CUT);
            assertEnded(client);
            try (Socket late = connect()) {
                assertEnded(late);
            }
            proxy.mode(Proxy.Mode.PASS);
            try (Socket again = connect()) {
                assertThat(echoed(again, 8)).isEqualTo(8);
            }
        }
    }

    @Test
    void refusesConnectionsUntilItListensAgain() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.listen();
        try (Socket client = connect()) {
            assertThat(echoed(client, 7)).isEqualTo(7);
        }
    }

    @Test
    void stallKeepsConnectionsAndBytesUntilItPasses() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 7)).isEqualTo(7);
            proxy.mode(Proxy.Mode.STALL);
            client.setSoTimeout(SHORT_MS);
            client.getOutputStream().write(9);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(0);
            proxy.mode(Proxy.Mode.PASS);
            assertThat(client.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void stalledAnswersAreHeldBackWhileRequestsArrive() throws IOException {
        try (Socket client = connect()) {
            proxy.mode(Proxy.Mode.STALL_ANSWERS);
            client.setSoTimeout(SHORT_MS);
            client.getOutputStream().write(9);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(echo.isClosed()).isFalse();
            client.setSoTimeout(0);
            proxy.mode(Proxy.Mode.PASS);
            assertThat(client.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void endOfTheServerIsPassedOn() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 7)).isEqualTo(7);
            client.getOutputStream().write(0);
            assertEnded(client);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static int echoed(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        return client.getInputStream().read();
    }

    /** Either kind of end will do. */
    private static void assertEnded(Socket client) {
        try {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    private void echoAll() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                Link.daemon("echo-one", () -> echo(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** A zero ends the connection. */
    private static void echo(Socket client) {
        try (client) {
            for (int value = client.getInputStream().read();
                    value > 0;
                    value = client.getInputStream().read()) {
                client.getOutputStream().write(value);
            }
        } catch (IOException e) {
            // the client is gone
        }
    }
}
