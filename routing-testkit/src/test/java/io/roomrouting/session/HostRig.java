package io.roomrouting.session;

import io.roomrouting.ErrorCode;
import io.roomrouting.Identity;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.Received;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.testkit.ManualTime;
import io.roomrouting.testkit.RecordedMessage;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A session host on the test's own thread, with a registry and rooms that do what the test says. */
final class HostRig {

    static final RoomId ROOM = RoomId.of("room");

    final ManualTime time;
    final ScriptedRegistry registry;
    final Script script = new Script();
    final Reports reports = new Reports();
    RecordingFormat format = RecordingFormat.plain();
    final TaskQueue roomTasks = new TaskQueue();
    final TaskQueue registryTasks = new TaskQueue();
    final TaskQueue offloaded = new TaskQueue();
    final SessionHost host;
    private int tickets;

    HostRig() {
        this(RoomSettings.defaults());
    }

    HostRig(RoomSettings settings) {
        this(settings, builder -> builder, new ScriptedRegistry());
    }

    HostRig(UnaryOperator<SessionHostBuilder> more) {
        this(RoomSettings.defaults(), more, new ScriptedRegistry());
    }

    HostRig(RoomSettings settings, UnaryOperator<SessionHostBuilder> more, ScriptedRegistry registry) {
        this(settings, more, registry, ManualTime.create());
    }

    HostRig(RoomSettings settings, UnaryOperator<SessionHostBuilder> more, ScriptedRegistry registry, ManualTime time) {
        this.time = time;
        this.registry = registry;
        this.host = more.apply(SessionHost.builder()
                        .address(ScriptedRegistry.ADDRESS)
                        .registry(registry)
                        .rooms(script, settings)
                        .time(time)
                        .roomExecutor(roomTasks)
                        .blockingExecutor(registryTasks)
                        .offloadExecutor(offloaded)
                        .listener(reports))
                .start();
    }

    RoomAssignment assignment() {
        return registry.assign(ROOM, host.status().host());
    }

    Ticket ticket(String user) {
        return ticket(user, assignment(), RoomSpec.defaults());
    }

    Ticket ticket(String user, RoomAssignment assignment, RoomSpec spec) {
        return new Ticket(
                "ticket-" + ++tickets,
                Identity.of(user),
                assignment,
                spec,
                time.now().plusSeconds(Ticket.MAX_LIFE_SECONDS));
    }

    RecordingConnection knock(String user) {
        return knock(ticket(user));
    }

    RecordingConnection knock(Ticket ticket) {
        return RecordingConnection.open(host, new Admission(ticket, "10.0.0.1"), format, time);
    }

    /** How many timers a host without rooms has. */
    int leaseTimers() {
        return new HostRig().time.pendingTimers();
    }

    /** Knocks and asks for a seat. */
    RecordingConnection sit(String user) {
        return knock(ticket(user), new SeatRequest.New());
    }

    /** Knocks and asks for the seat that an earlier connection had, having received so many messages. */
    RecordingConnection comeBack(String user, RecordingConnection earlier, long received) {
        return knock(
                ticket(user), new SeatRequest.Back(earlier.seat().orElseThrow().token(), received));
    }

    /** Knocks and asks for the seat that an earlier connection had, having received all up to a message. */
    RecordingConnection comeBack(String user, RecordingConnection earlier, String mark) {
        String token = earlier.seat().orElseThrow().token();
        return knock(ticket(user), new SeatRequest.Back(token, new Received.UpTo(mark)));
    }

    RecordingConnection knock(Ticket ticket, SeatRequest seat) {
        return RecordingConnection.open(host, new Admission(ticket, "10.0.0.1", Optional.of(seat)), format, time);
    }

    /** Knocks, and must be let in at once. */
    RecordingConnection join(String user) {
        RecordingConnection connection = knock(user);
        if (!connection.isOpen()) {
            throw new AssertionError(user + " was not let in:\n" + connection);
        }
        return connection;
    }

    static InboundEvent event(String name, Object... arguments) {
        return asking(InboundEvent.NO_REPLY, name, arguments);
    }

    static InboundEvent asking(long replyId, String name, Object... arguments) {
        List<Payload> payloads = new ArrayList<>();
        for (Object argument : arguments) {
            payloads.add(RecordingFormat.plain().payload(argument));
        }
        return new InboundEvent(name, payloads, replyId);
    }

    /** What a client heard, one line each. */
    static List<String> heard(RecordingConnection connection) {
        return connection.received().stream().map(RecordedMessage::toString).toList();
    }

    static ErrorCode refusal(RecordingConnection connection) {
        return connection
                .refusal()
                .map(RoutingException::code)
                .orElseThrow(() -> new AssertionError("not refused:\n" + connection));
    }

    static LeaveReason closing(RecordingConnection connection) {
        return connection
                .closing()
                .orElseThrow(() -> new AssertionError("not closed:\n" + connection))
                .reason();
    }
}
