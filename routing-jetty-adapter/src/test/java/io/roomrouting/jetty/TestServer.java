package io.roomrouting.jetty;

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
import io.roomrouting.testkit.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A Jetty server on the loopback interface with one WebSocket handler; its tickets are the words "ticket-NAME". */
final class TestServer implements AutoCloseable {

    static final TicketVerifier TICKETS = TestServer::verify;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Stands still unless a test moves it, so that no ping comes between. */
    final ManualTime time = ManualTime.create();

    final RecordingHost host = new RecordingHost();
    final RoomWebSocketHandler handler;
    final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    final Server server = new Server(new QueuedThreadPool(16), null, buffers);
    final AtomicInteger writes = new AtomicInteger();
    final ServerConnector connector = new ServerConnector(server, 1, 1) {
        @Override
        protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            return new SocketChannelEndPoint(channel, selector, key, getScheduler()) {
                @Override
                public boolean flush(ByteBuffer... parts) throws IOException {
                    writes.incrementAndGet();
                    return super.flush(parts);
                }
            };
        }
    };

    private TestServer(UnaryOperator<RoomWebSocketHandler.Builder> options) throws Exception {
        handler = options.apply(RoomWebSocketHandler.builder(host, TICKETS).time(time))
                .build();
        connector.setHost("127.0.0.1");
        // Small, so that writes to a client that does not read stop soon.
        connector.setAcceptedSendBufferSize(32 * 1024);
        server.addConnector(connector);
        server.setHandler(new Handler.Sequence(handler));
        server.start();
    }

    static TestServer start() throws Exception {
        return new TestServer(builder -> builder);
    }

    static TestServer start(UnaryOperator<RoomWebSocketHandler.Builder> options) throws Exception {
        return new TestServer(options);
    }

    int port() {
        return connector.getLocalPort();
    }

    URI uri(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
    }

    RawClient raw() throws Exception {
        return RawClient.connect(port());
    }

    @Override
    public void close() throws Exception {
        server.stop();
        host.assertContractKept();
        SocketIoServer.soon("every buffer is given back")
                .until(() -> buffers.getLeaks().isEmpty());
    }

    private static Ticket verify(String token) {
        if (token.equals("ticket-expired")) {
            throw RoutingException.lookUpAgain(ErrorCode.TICKET_EXPIRED, "the ticket's time is over");
        }
        if (!token.startsWith("ticket-")) {
            throw RoutingException.unauthenticated("this is no ticket");
        }
        HostAddress address = new HostAddress("localhost", 8000, false);
        return new Ticket(
                "t" + NUMBERS.incrementAndGet(),
                Identity.of(token.substring("ticket-".length())),
                new RoomAssignment(RoomId.of("room"), HostIncarnation.next(HostId.of("test")), address, new Epoch(1)),
                RoomSpec.defaults(),
                Instant.EPOCH);
    }
}
