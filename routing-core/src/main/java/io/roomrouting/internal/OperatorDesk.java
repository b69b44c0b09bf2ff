package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.HostedRooms;
import io.roomrouting.session.RoomMember;
import io.roomrouting.session.RoomStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What operators see of a host's rooms and do with them. */
final class OperatorDesk implements HostedRooms {

    private static final int MAX_WAITING_PER_ROOM = 16;
    private static final int MAX_OPENING = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LocalSessionHost host;
    private final HostRooms rooms;
    private final Counts<RoomId> waiting = new Counts<>(MAX_WAITING_PER_ROOM);
    private final AtomicInteger opening = new AtomicInteger();

    OperatorDesk(LocalSessionHost host, HostRooms rooms) {
        this.host = host;
        this.rooms = rooms;
    }

    @Override
    public List<RoomStatus> list() {
        return open().sorted(Comparator.comparing(room -> room.id().value()))
                .map(RoomRuntime::status)
                .toList();
    }

    @Override
    public Optional<RoomStatus> find(RoomId room) {
        return Optional.ofNullable(openRoom(room)).map(RoomRuntime::status);
    }

    @Override
    public CompletionStage<List<RoomMember>> members(RoomId id) {
        CompletableFuture<List<RoomMember>> answer = new CompletableFuture<>();
        RoomRuntime room = openRoom(id);
        if (room == null) {
            answer.completeExceptionally(notHere(id));
        } else if (!visit(room, () -> answer(answer, room))) {
            answer.completeExceptionally(tooMuch("too much waits for room " + id));
        }
        return answer;
    }

    private void answer(CompletableFuture<List<RoomMember>> question, RoomRuntime room) {
        List<RoomMember> members = room.members().sessions().stream()
                .map(session -> new RoomMember(session.id(), session.user(), session.isConnected()))
                .toList();
        boolean open = room.isOpen();
        host.roomExecutor().execute(() -> {
            if (open) {
                question.complete(members);
            } else {
                question.completeExceptionally(notHere(room.id()));
            }
        });
    }

    @Override
    public CompletionStage<Void> open(RoomAssignment assignment, RoomSpec spec) {
        if (opening.incrementAndGet() > MAX_OPENING) {
            opening.decrementAndGet();
            return CompletableFuture.failedStage(tooMuch("too many rooms are about to open"));
        }
        OpenOrder order = new OpenOrder(assignment, spec, host.roomExecutor(), opening::decrementAndGet);
        host.roomExecutor().execute(() -> rooms.place(order));
        return order.done();
    }

    @Override
    public boolean close(RoomId id) {
        RoomRuntime room = openRoom(id);
        if (room != null) {
            room.close(CloseReason.CLOSED);
        }
        return room != null;
    }

    @Override
    public int announce(String event, Object... arguments) {
        Object[] copy = arguments.clone();
        return (int) open().filter(room -> visit(room, () -> say(room, event, copy)))
                .count();
    }

    @Override
    public boolean announce(RoomId id, String event, Object... arguments) {
        Object[] copy = arguments.clone();
        RoomRuntime room = openRoom(id);
        if (room != null && !visit(room, () -> say(room, event, copy))) {
            throw tooMuch("too much waits for room " + id);
        }
        return room != null;
    }

    private static void say(RoomRuntime room, String event, Object[] arguments) {
        if (room.isOpen()) {
            room.callback(
                    "announcement",
                    () -> new Broadcast(room, event, arguments)
                            .to(room.members().sessions(), null));
        }
    }

    /** Does something on the room's thread, however full its mailbox is; false if too many do already. */
    private boolean visit(RoomRuntime room, Runnable task) {
        if (!waiting.tryAdd(room.id())) {
            return false;
        }
        room.forceElsewhere(() -> {
            waiting.remove(room.id());
            task.run();
        });
        return true;
    }

    private Stream<RoomRuntime> open() {
        return rooms.all().stream().filter(RoomRuntime::isOpen);
    }

    private @Nullable RoomRuntime openRoom(RoomId id) {
        RoomRuntime room = rooms.find(id);
        return room != null && room.isOpen() ? room : null;
    }

    private static RoutingException notHere(RoomId id) {
        return RoutingException.roomRefused(ErrorCode.ROOM_NOT_FOUND, "room " + id + " is not open on this host");
    }

    private static RoutingException tooMuch(String what) {
        return RoutingException.unavailable(ErrorCode.OVERLOADED, what, RETRY);
    }
}
