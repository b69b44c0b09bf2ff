package io.roomrouting.jetty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.HostedRooms;
import io.roomrouting.session.RoomMember;
import io.roomrouting.session.RoomStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the rooms of a host and closes them. Never blocks. */
final class AdminRooms {

    private static final Logger LOG = LoggerFactory.getLogger(AdminRooms.class);

    /** A room that does not answer for this long is stuck in its own code. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HostedRooms rooms;
    private final Function<RoomId, Map<String, ?>> moreFields;
    private final TimeSource time;

    AdminRooms(HostedRooms rooms, Function<RoomId, Map<String, ?>> moreFields, TimeSource time) {
        this.rooms = rooms;
        this.moreFields = moreFields;
        this.time = time;
    }

    void addTo(AdminPaths paths) {
        paths.add("rooms", Methods.GET, this::list);
        paths.addRoom("", Methods.GET, this::show);
        paths.addRoom("/shutdown", Methods.DELETE, this::close);
    }

    /** What is said of a room that is not here. */
    static RoutingException unknown(RoomId room) {
        return RoutingException.roomRefused(ErrorCode.ROOM_NOT_FOUND, "There is no room " + room + " here");
    }

    private void list(Exchange exchange) {
        AdminSlice slice = AdminSlice.of(exchange.request());
        slice.after().ifPresent(RoomId::of);
        AdminJson.answer(exchange, slice.write("rooms", rooms.list(), room -> id(room).value(), this::json));
    }

    private void show(Exchange exchange, String name) {
        RoomId id = RoomId.of(name);
        RoomStatus room = rooms.find(id).orElseThrow(() -> unknown(id));
        members(id)
                .whenComplete((members, failure) -> exchange.attempt(() -> {
                    if (failure != null) {
                        throw asThrown(failure);
                    }
                    ObjectNode data = json(room);
                    data.set("members", AdminJson.members(members));
                    AdminJson.answer(exchange, data);
                }));
    }

    private CompletionStage<List<RoomMember>> members(RoomId room) {
        CompletableFuture<List<RoomMember>> members = new CompletableFuture<>();
        RoutingException stuck = RoutingException.unavailable(
                ErrorCode.OVERLOADED, "The room is too busy to say who is in it", PATIENCE);
        TimeSource.Cancellable timer = time.schedule(PATIENCE, () -> members.completeExceptionally(stuck));
        rooms.members(room).whenComplete((found, failure) -> {
            timer.cancel();
            if (failure == null) {
                members.complete(found);
            } else {
                members.completeExceptionally(failure);
            }
        });
        return members;
    }

    private void close(Exchange exchange, String name) {
        RoomId id = RoomId.of(name);
        if (!rooms.close(id)) {
            throw unknown(id);
        }
        LOG.info("An operator closes room {}", id);
        AdminJson.accept(exchange, "Shutting down");
    }

    private ObjectNode json(RoomStatus room) {
        return AdminJson.room(room, moreFields.apply(id(room)));
    }

    private static RoomId id(RoomStatus room) {
        return room.assignment().room();
    }

    private static RuntimeException asThrown(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RoutingException refused
                ? refused
                : new IllegalStateException("The room did not say who is in it", cause);
    }
}
