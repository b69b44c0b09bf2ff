package io.roomrouting.benchmarks.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int SHORT_MILLIS = 100;
    private static final int LONG_MILLIS = 20_000;

    private ServerSocket door;
    private TcpProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        proxy = new TcpProxy(door.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        server = door.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        door.close();
    }

    @Test
    void whatIsSaidComesThroughAndTurnsAreCounted() throws IOException {
        for (int turn = 1; turn <= 3; turn++) {
            client.getOutputStream().write(turn);
            assertThat(server.getInputStream().read()).isEqualTo(turn);
            server.getOutputStream().write(-turn);
            assertThat((byte) client.getInputStream().read()).isEqualTo((byte) -turn);
        }

        assertThat(proxy.questions()).isEqualTo(3);
    }

    @Test
    void whileItIsCutNothingComesThroughAndAfterwardsAllOfIt() throws IOException {
        proxy.cut();
        client.getOutputStream().write(1);
        server.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.getOutputStream().write(2);

        proxy.heal();

        server.setSoTimeout(LONG_MILLIS);
        assertThat(server.getInputStream().read()).isEqualTo(1);
        assertThat(server.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void anEndOfTheServerIsAnEndForTheClient() throws IOException {
        server.close();

        client.setSoTimeout(LONG_MILLIS);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
}
