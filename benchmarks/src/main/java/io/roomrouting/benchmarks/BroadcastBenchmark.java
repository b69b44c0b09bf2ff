package io.roomrouting.benchmarks;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.micrometer.RoomMetrics;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Payload;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionHostBuilder;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.Welcome;
import io.roomrouting.spi.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a room itself costs when one client's event goes to all: mailbox, handler, one encoding, and an offer and a flush
 * for every connection, which here do nothing.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // set up before the first run
public class BroadcastBenchmark {

    private static final RoomId ROOM = RoomId.of("room");

    /** How many clients are in the room. */
    @Param({"1", "10", "100", "1000"})
    public int clients;

    /** Whether it is counted, as a bundled server with an {@code ADMIN_PORT} does; compare with {@code -p measured=false,true}. */
    @Param("false")
    public boolean measured;

    private SessionHost host;
    private ConnectionListener sender;
    private InboundEvent event;

    /** Fills the room. */
    @Setup
    public void fill() {
        InMemoryRegistry registry = InMemoryRegistry.create();
        SessionHostBuilder description = SessionHost.builder()
                .address(new HostAddress("localhost", 8000, false))
                .registry(registry)
                .rooms(Everybody::new)
                .limits(SessionLimits.defaults()
                        .withEvents(1_000_000, 1_000_000)
                        .withAdmissions(1_000_000, 1_000_000))
                .blockingExecutor(Runnable::run);
        if (measured) {
            description.listener(RoomMetrics.in(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                    .sessions());
        }
        host = description.start();
        RoomAssignment assignment = assign(registry);
        PayloadCodec codec = new JacksonPayloadCodec();
        WireFormat format = new BenchmarkFormat(codec);
        for (int i = 0; i < clients; i++) {
            Ticket ticket = new Ticket(
                    "ticket-" + i,
                    Identity.of("user-" + i),
                    assignment,
                    RoomSpec.defaults(),
                    Instant.now().plusSeconds(60));
            sender = host.admit(new Admission(ticket, "127.0.0.1"), new SilentConnection(format));
        }
        Payload text = codec.decode(("\"" + "x".repeat(100) + "\"").getBytes(StandardCharsets.UTF_8));
        event = new InboundEvent("message", List.of(text), InboundEvent.NO_REPLY);
    }

    private static RoomAssignment assign(InMemoryRegistry registry) {
        RoomAssignment[] assigned = new RoomAssignment[1];
        RoomRouter router = RoomRouter.builder()
                .authenticator(Identity::of)
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer((identity, assignment, spec, seat, correlation) -> {
                    assigned[0] = assignment;
                    return new IssuedTicket("none", Instant.EPOCH);
                })
                .build();
        router.findOrStart(ROOM, RoomSpec.defaults(), Identity.of("alice"));
        return assigned[0];
    }

    /** One event to all. */
    @Benchmark
    public void oneEventToAll() {
        sender.onEvent(event);
        sender.onReadComplete();
    }

    /** Eight events that one read brought in, to all; the time is for the eight. */
    @Benchmark
    public void eightEventsToAll() {
        for (int i = 0; i < 8; i++) {
            sender.onEvent(event);
        }
        sender.onReadComplete();
    }

    /** Ends the host. */
    @TearDown
    public void close() {
        host.close();
    }

    private static final class Everybody implements RoomHandler {

        private final Room room;

        Everybody(Room room) {
            this.room = room;
        }

        @Override
        public void onEvent(Session from, Event event) {
            room.broadcast(event.name(), event.data(String.class));
        }
    }

    private record Text(int size) implements Encoded {}

    private record BenchmarkFormat(PayloadCodec codec) implements WireFormat {
        @Override
        public String name() {
            return "benchmark";
        }

        @Override
        public Encoded event(String name, List<?> arguments) {
            return new Text(codec.encode(arguments).length);
        }

        @Override
        public Encoded reply(long replyId, List<?> arguments) {
            return new Text(codec.encode(arguments).length);
        }

        @Override
        public Encoded failure(long replyId, String code, String detail) {
            return new Text(codec.encode(List.of(code, detail)).length);
        }

        @Override
        public Encoded acknowledgement(long handled) {
            return new Text(codec.encode(List.of(handled)).length);
        }

        @Override
        public byte[] store(Encoded message) {
            return codec.encode(List.of(message.size()));
        }

        @Override
        public Encoded restore(byte[] stored) {
            return new Text(stored.length);
        }
    }

    private static final class SilentConnection implements Connection {

        private final WireFormat format;
        private int offered;
        private int flushed;

        SilentConnection(WireFormat format) {
            this.format = format;
        }

        @Override
        public WireFormat format() {
            return format;
        }

        @Override
        public void accept(Welcome welcome) {}

        @Override
        public void refuse(RoutingException why) {
            throw why;
        }

        @Override
        public Delivery offer(Encoded message) {
            offered++;
            return Delivery.ACCEPTED;
        }

        @Override
        public void flush() {
            flushed++;
        }

        @Override
        public void close(LeaveReason reason, Duration retryAfter) {
            if (flushed > offered) {
                throw new IllegalStateException("more flushes than offers");
            }
        }
    }
}
