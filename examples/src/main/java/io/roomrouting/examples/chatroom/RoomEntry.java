package io.roomrouting.examples.chatroom;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.RoutingException;
import io.roomrouting.TicketVerifier;
import io.roomrouting.examples.http.BoundedWork;
import io.roomrouting.socketio.ConnectRefusal;
import io.roomrouting.socketio.ConnectRequest;
import io.roomrouting.socketio.RoomAdmissions;
import io.roomrouting.spi.Admission;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Leads Socket.IO clients into rooms: {@code auth.token} is the login token, {@code auth.room} the room, the lobby if there is
 * none. A client whose room lives at another instance is told {@code NOT_OWNER} and where that is.
 */
final class RoomEntry implements RoomAdmissions {

    private final RoomRouter router;
    private final TicketVerifier tickets;
    private final HostAddress own;
    private final RoomId lobby;
    private final BoundedWork work;

    /**
     * Makes the way in.
     *
     * @param router finds rooms
     * @param tickets reads what the router gives; must not block
     * @param own this instance
     * @param lobby the room of who names none
     * @param work asks the router where it may block
     */
    RoomEntry(RoomRouter router, TicketVerifier tickets, HostAddress own, RoomId lobby, BoundedWork work) {
        this.router = router;
        this.tickets = tickets;
        this.own = own;
        this.lobby = lobby;
        this.work = work;
    }

    @Override
    public CompletionStage<Admission> admission(ConnectRequest request) {
        JsonNode auth = request.auth().as(JsonNode.class);
        String token = text(auth, "token").orElseThrow(RoomEntry::withoutToken);
        RoomId room = text(auth, "room").map(RoomId::of).orElse(lobby);
        String address = request.handshake().remoteAddress();
        RoomRouter named = request.correlation().map(router::correlated).orElse(router);
        return router.mayBlock()
                ? work.ask(() -> admit(named, token, room, address))
                : CompletableFuture.completedFuture(admit(named, token, room, address));
    }

    private Admission admit(RoomRouter named, String token, RoomId room, String address) {
        Identity who = named.authenticate(token);
        Route route = named.findOrStart(room, RoomSpec.defaults(), who);
        if (!route.address().equals(own)) {
            throw elsewhere(room, route.address());
        }
        return new Admission(tickets.verify(route.ticket()), address);
    }

    private static ConnectRefusal elsewhere(RoomId room, HostAddress owner) {
        String url = (owner.secure() ? "https://" : "http://") + owner.authority();
        return new ConnectRefusal(
                "room " + room + " lives at " + url, Map.of("code", ErrorCode.NOT_OWNER.name(), "url", url));
    }

    private static RoutingException withoutToken() {
        return RoutingException.unauthenticated("auth.token is missing: it is the token of a login");
    }

    private static Optional<String> text(JsonNode auth, String field) {
        JsonNode value = auth.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw RoutingException.invalid("auth." + field + " is a string");
        }
        return Optional.of(value.textValue());
    }
}
