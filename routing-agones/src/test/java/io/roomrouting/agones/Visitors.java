package io.roomrouting.agones;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.TimeSource;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Clients that have been led to a host. */
final class Visitors {

    private final InMemoryRegistry registry;
    private final AtomicInteger tickets = new AtomicInteger();

    /** One client in one room. */
    record Visit(RecordingConnection connection) {

        void endsTheRoom() {
            connection.end(LeaveReason.LEFT);
        }
    }

    Visitors(InMemoryRegistry registry) {
        this.registry = registry;
    }

    /** Places the room on the host, and goes in. */
    Visit enter(SessionHost host, String room) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> host.status().ready());
        RoomId id = RoomId.of(room);
        registry.ensure(id, RoomSpec.defaults());
        Placement here = new Placement(
                host.status().host(), new HostAddress("127.0.0.1", 7001, false), Optional.empty(), "the test says so");
        ClaimResult result = registry.claim(new Claim(id, here));
        if (!(result instanceof ClaimResult.Granted granted)) {
            throw new AssertionError(result);
        }
        return enter(host, granted.assignment());
    }

    /** Goes into a room that was placed on the host. */
    Visit enter(SessionHost host, RoomAssignment assignment) {
        Ticket ticket = new Ticket(
                "ticket-" + tickets.incrementAndGet(),
                Identity.of("ann"),
                assignment,
                RoomSpec.defaults(),
                Instant.now().plus(Duration.ofSeconds(60)));
        RecordingConnection connection = RecordingConnection.open(
                host, new Admission(ticket, "10.0.0.1"), RecordingFormat.plain(), TimeSource.system());
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(connection::isOpen);
        return new Visit(connection);
    }
}
