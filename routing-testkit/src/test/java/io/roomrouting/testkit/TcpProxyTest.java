package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.testkit.TcpProxy.Mode;
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
    void what_is_said_comes_through_and_turns_are_counted() throws IOException {
        for (int turn = 1; turn <= 3; turn++) {
            client.getOutputStream().write(turn);
            assertThat(server.getInputStream().read()).isEqualTo(turn);
            server.getOutputStream().write(-turn);
            assertThat((byte) client.getInputStream().read()).isEqualTo((byte) -turn);
        }

        assertThat(proxy.roundTrips()).isEqualTo(3);
    }

    @Test
    void while_it_is_cut_nothing_comes_through_and_afterwards_all_of_it() throws IOException {
        proxy.set(Mode.CUT);
        client.getOutputStream().write(1);
        server.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.getOutputStream().write(2);

        proxy.set(Mode.PASS);

        server.setSoTimeout(LONG_MILLIS);
        assertThat(server.getInputStream().read()).isEqualTo(1);
        assertThat(server.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void an_end_of_the_server_is_an_end_for_the_client() throws IOException {
        server.close();

        client.setSoTimeout(LONG_MILLIS);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void while_it_is_silent_the_server_hears_and_the_client_waits() throws IOException {
        proxy.set(Mode.SILENT);
        client.getOutputStream().write(1);
        assertThat(server.getInputStream().read()).isEqualTo(1);
        server.getOutputStream().write(2);
        client.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        proxy.set(Mode.PASS);

        client.setSoTimeout(LONG_MILLIS);
        assertThat(client.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void the_answer_that_is_to_be_lost_takes_its_connection_along() throws IOException {
        proxy.loseAnswer(2);
        client.setSoTimeout(LONG_MILLIS);
        client.getOutputStream().write(1);
        assertThat(server.getInputStream().read()).isEqualTo(1);
        server.getOutputStream().write(2);
        assertThat(client.getInputStream().read()).isEqualTo(2);
        client.getOutputStream().write(3);
        assertThat(server.getInputStream().read()).isEqualTo(3);
        server.getOutputStream().write(4);

        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void while_it_refuses_new_connections_end_at_once() throws IOException {
        proxy.set(Mode.REFUSE);
        try (Socket late = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            late.setSoTimeout(LONG_MILLIS);
            assertThat(late.getInputStream().read()).isEqualTo(-1);
        }
    }
}
