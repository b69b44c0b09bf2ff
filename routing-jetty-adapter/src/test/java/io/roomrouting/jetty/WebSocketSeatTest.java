package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.SeatRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for a seat, on a real socket. */
class WebSocketSeatTest {

    private TestServer server;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        client = server.raw();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private String offer(String protocols) throws Exception {
        return client.request(
                "GET / HTTP/1.1", "Sec-WebSocket-Key: " + RawClient.KEY, "Sec-WebSocket-Protocol: " + protocols);
    }

    private RecordingHost.Visit connect(String seat) throws Exception {
        assertThat(offer("room.v1, ticket.ticket-1, " + seat)).startsWith("HTTP/1.1 101");
        return server.host.next();
    }

    @Test
    void theHostLearnsThatAClientWantsASeat() throws Exception {
        assertThat(connect("resume.new").admission.seat()).contains(new SeatRequest.New());
        assertThat(client.readText()).isEqualTo("{\"session\":{\"id\":\"session\"}}");
    }

    @Test
    void theHostLearnsWhichSeatAClientHadAndWhatItHasReceived() throws Exception {
        assertThat(connect("resume.a-Token_1.42").admission.seat()).contains(new SeatRequest.Back("a-Token_1", 42));
    }

    @Test
    void whoAsksForNoSeatIsToldNothing() throws Exception {
        server.host.echo();
        assertThat(offer("room.v1, ticket.ticket-1")).startsWith("HTTP/1.1 101");
        assertThat(server.host.next().admission.seat()).isEqualTo(Optional.empty());

        client.send(text("{\"event\":\"first\"}"));

        assertThat(client.readText()).isEqualTo("{\"event\":\"first\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resume.",
                "resume.token",
                "resume.token.",
                "resume.token.-1",
                "resume.to.ken.1",
                "resume.t.99999999999999999"
            })
    void aWishThatCannotBeReadIsRefused(String wish) throws Exception {
        offer("room.v1, ticket.ticket-1, " + wish);

        assertThat(client.readClose()).isEqualTo("1008 INVALID_REQUEST");
    }

    @Test
    void acknowledgementsReachTheHostAndAreNoEvents() throws Exception {
        RecordingHost.Visit visit = connect("resume.new");

        client.send(text("{\"ack\":64}"), text("{\"event\":\"next\"}"));

        assertThat(visit.acknowledged.poll(60, TimeUnit.SECONDS)).isEqualTo(64);
        assertThat(visit.event().name()).isEqualTo("next");
    }

    @Test
    void aMessageWithoutANumberEndsTheConnection() throws Exception {
        RecordingHost.Visit visit = connect("resume.new");
        client.readText();

        client.send(text("hello"), text("{\"event\":\"after\"}"));

        assertThat(client.readClose()).startsWith("1007");
        assertThat(visit.end()).isEqualTo(LeaveReason.PROTOCOL_ERROR);
        assertThat(visit.hasEvents()).isFalse();
    }
}
