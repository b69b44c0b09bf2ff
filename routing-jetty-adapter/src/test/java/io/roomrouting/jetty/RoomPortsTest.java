package io.roomrouting.jetty;

import static io.roomrouting.jetty.SocketIoServer.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Identity;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.TicketVerifier;
import io.roomrouting.session.LeaveReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomPortsTest {

    private static final RoomId RED = RoomId.of("red");
    private static final RoomId BLUE = RoomId.of("blue");
    private static final RoomId GREEN = RoomId.of("green");

    private final RecordingHost host = new RecordingHost();
    private final PortRange range = freeRange(2);
    private final RoomPorts ports = RoomPorts.builder(host, RoomPortsTest::verify, range)
            .listen(HttpFixture.loopback())
            .allowedOrigins(AllowedOrigins.of("https://chat.example.com"))
            .start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void nothingIsLeft() {
        ports.close();
        IntStream.rangeClosed(range.first(), range.last())
                .forEach(port ->
                        assertThat(isFree(port)).as("port %s is free", port).isTrue());
        host.assertContractKept();
    }

    @Test
    void each_room_has_a_port_that_tells_its_name() {
        int red = ports.open(RED);
        int blue = ports.open(BLUE);

        assertThat(red).isNotEqualTo(blue);
        assertThat(ports.open(RED)).as("the second time").isEqualTo(red);
        assertThat(ports.portOf(BLUE)).hasValue(blue);
        assertThat(ports.portOf(GREEN)).isEmpty();
        assertThat(send("GET", red, "/").body()).isEqualTo("red");
        HttpResponse<String> answer = send("GET", blue, "/");
        assertThat(answer.body()).isEqualTo("blue");
        assertThat(Http.header(answer, "content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(Http.header(answer, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void what_is_not_there_is_told_as_a_problem() {
        int port = ports.open(RED);

        Http.assertProblem(send("GET", port, "/secret"), 404, "INVALID_REQUEST");
        HttpResponse<String> posted = send("POST", port, "/");
        Http.assertProblem(posted, 405, "INVALID_REQUEST");
        assertThat(Http.header(posted, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void a_ticket_leads_into_the_room_of_the_port() throws Exception {
        int red = ports.open(RED);

        try (RawClient raw = RawClient.connect(red)) {
            assertThat(upgrade(raw, "red")).startsWith("HTTP/1.1 101 ");
            RecordingHost.Visit visit = host.next();
            assertThat(visit.admission.ticket().assignment().room()).isEqualTo(RED);
        }
    }

    @Test
    void a_ticket_for_another_room_is_sent_back_to_look_up() throws Exception {
        ports.open(RED);
        int blue = ports.open(BLUE);

        try (RawClient raw = RawClient.connect(blue)) {
            assertThat(upgrade(raw, "red")).startsWith("HTTP/1.1 101 ");
            assertThat(raw.readClose()).isEqualTo("4104 TICKET_WRONG_HOST");
        }
    }

    @Test
    void a_foreign_page_is_refused() throws Exception {
        int red = ports.open(RED);

        try (RawClient raw = RawClient.connect(red)) {
            assertThat(upgrade(raw, "red", "Origin: https://evil.example.com")).startsWith("HTTP/1.1 403 ");
        }
        try (RawClient raw = RawClient.connect(red)) {
            assertThat(upgrade(raw, "red", "Origin: https://chat.example.com")).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void a_port_in_use_is_passed_over_and_none_is_told() throws Exception {
        try (ServerSocket other = listenOn(range.first())) {
            assertThat(other.isBound()).isTrue();

            assertThat(ports.open(RED)).isEqualTo(range.last());
            assertThatThrownBy(() -> ports.open(BLUE))
                    .isInstanceOfSatisfying(
                            RoutingException.Unavailable.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CAPACITY));
            assertThat(ports.portOf(BLUE)).isEmpty();
        }
        assertThat(ports.open(BLUE)).isEqualTo(range.first());
    }

    @Test
    void a_closed_port_ends_its_connections_and_can_be_had_again() throws Exception {
        int red = ports.open(RED);
        int blue = ports.open(BLUE);
        try (RawClient raw = RawClient.connect(red);
                RawClient neighbour = RawClient.connect(blue)) {
            upgrade(raw, "red");
            upgrade(neighbour, "blue");
            RecordingHost.Visit visit = host.next();

            ports.close(RED);

            assertThat(raw.readClose()).startsWith("1001 ");
            raw.close();
            assertThat(visit.end()).isIn(LeaveReason.SERVER_STOPPING, LeaveReason.CONNECTION_LOST);
            assertThat(ports.portOf(RED)).isEmpty();
            soon("the port can be had again").until(() -> isFree(red));
            soon("the port is given to another room").until(() -> tryOpen(GREEN));
            assertThat(ports.portOf(GREEN)).hasValue(red);
            assertThat(send("GET", red, "/").body()).isEqualTo("green");
            assertThat(send("GET", blue, "/").body()).as("the neighbour").isEqualTo("blue");
        }
    }

    @Test
    void closing_twice_or_what_was_never_open_changes_nothing() {
        ports.open(RED);

        ports.close(RED);
        ports.close(RED);
        ports.close(GREEN);

        assertThat(ports.portOf(RED)).isEmpty();
    }

    @Test
    void after_the_end_no_port_opens() {
        ports.open(RED);

        ports.close();

        assertThat(isFree(range.first())).isTrue();
        assertThatThrownBy(() -> ports.open(BLUE))
                .isInstanceOfSatisfying(
                        RoutingException.Unavailable.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.HOST_DRAINING));
    }

    @Test
    void rooms_that_open_at_once_get_ports_of_their_own() {
        PortRange many = freeRange(20);
        RoomPorts wide = RoomPorts.builder(host, RoomPortsTest::verify, many)
                .listen(HttpFixture.loopback())
                .start();
        try (wide) {
            Set<Integer> given = ConcurrentHashMap.newKeySet();
            IntStream.range(0, 40).parallel().forEach(i -> given.add(wide.open(RoomId.of("room-" + i % 20))));

            assertThat(given).hasSize(20);
        }
        assertThat(IntStream.rangeClosed(many.first(), many.last()).allMatch(RoomPortsTest::isFree))
                .isTrue();
    }

    @Test
    void every_port_speaks_tls_where_it_is_wanted(@TempDir Path folder) throws Exception {
        Path file = TestKeyStore.in(folder);
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(TestKeyStore.trusting(file)).build();
        PortRange two = freeRange(2);
        ListenSettings tls =
                HttpFixture.loopback().withTls(new ListenSettings.KeyStoreFile(file, TestKeyStore.PASSWORD));
        try (RoomPorts secure =
                RoomPorts.builder(host, RoomPortsTest::verify, two).listen(tls).start()) {
            for (RoomId room : List.of(RED, BLUE)) {
                URI uri = URI.create("https://127.0.0.1:" + secure.open(room) + "/");
                assertThat(Http.text(trusting, HttpRequest.newBuilder(uri).build())
                                .body())
                        .isEqualTo(room.value());
            }
        }
    }

    @Test
    void none_is_open_at_first() {
        TicketVerifier tickets = RoomPortsTest::verify;
        // tag::ports[]
        RoomPorts ports = RoomPorts.builder(host, tickets, new PortRange(34_000, 34_050))
                .listen(ListenSettings.onPort(0).withBindAddress("127.0.0.1"))
                .start();
        // end::ports[]
        try (ports) {
            assertThat(ports.size()).isZero();
        }
    }

    @Test
    void a_range_is_read_and_bounded() {
        assertThat(PortRange.parse("34000-34050")).isEqualTo(new PortRange(34_000, 34_050));
        assertThat(PortRange.parse("34000-34050").size()).isEqualTo(51);
        assertThat(PortRange.parse("80")).isEqualTo(new PortRange(80, 80)).hasToString("80-80");
        for (String wrong : new String[] {"", "a-b", "34050-34000", "0-3", "65535-65536", "1-2-3", "1-1001"}) {
            assertThatThrownBy(() -> PortRange.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private boolean tryOpen(RoomId room) {
        try {
            ports.open(room);
            return true;
        } catch (RoutingException.Unavailable e) {
            return false;
        }
    }

    private HttpResponse<String> send(String method, int port, String path) {
        return Http.text(
                client,
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, BodyPublishers.noBody())
                        .build());
    }

    private static String upgrade(RawClient raw, String room, String... headers) throws IOException {
        String key = "Sec-WebSocket-Key: " + RawClient.KEY;
        String[] all = Stream.concat(Stream.of(key), Stream.of(headers)).toArray(String[]::new);
        return raw.request("GET /?token=" + room + " HTTP/1.1", all);
    }

    /** A token is the name of the room. */
    private static Ticket verify(String token) {
        HostAddress address = new HostAddress("localhost", 8000, false);
        return new Ticket(
                "t",
                Identity.of("alice"),
                new RoomAssignment(RoomId.of(token), HostIncarnation.next(HostId.of("test")), address, new Epoch(1)),
                RoomSpec.defaults(),
                Instant.EPOCH);
    }

    /** Ports in a row, outside of those that the system gives out by itself. */
    static PortRange freeRange(int size) {
        for (int tried = 0; tried < 100; tried++) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (IntStream.range(first, first + size).allMatch(RoomPortsTest::isFree)) {
                return new PortRange(first, first + size - 1);
            }
        }
        throw new IllegalStateException("no " + size + " free ports in a row");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = listenOn(port)) {
            return socket.isBound();
        } catch (UncheckedIOException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listenOn(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            try {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
