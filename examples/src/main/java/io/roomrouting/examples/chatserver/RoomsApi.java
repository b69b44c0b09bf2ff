package io.roomrouting.examples.chatserver;

import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.Route;
import io.roomrouting.examples.http.ApiExchange;
import io.roomrouting.examples.http.BoundedWork;
import io.roomrouting.examples.http.Refusal;
import io.roomrouting.jetty.AdminAccess;
import io.roomrouting.jetty.CorrelationHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;

/**
 * The API of the chat server: {@code GET /api/v1/} tells the version, {@code POST /api/v1/room/:name} creates a room or finds
 * it, and gives the user who is named in the body a ticket for it. Never blocks the thread that calls it.
 */
final class RoomsApi extends Handler.Abstract.NonBlocking {

    /** What is counted apart. */
    static final List<String> PATHS = List.of("/api/v1/", "/api/v1/room/{name}");

    private static final String ROOT = "/api/v1/";
    private static final String ROOM = ROOT + "room/";

    private final String version;
    private final AdminAccess access;
    private final RoomDesk desk;
    private final RoomRouter router;
    private final HostAddress address;
    private final BoundedWork threads;

    /**
     * Makes the API.
     *
     * @param version what this program calls itself
     * @param access who may create rooms
     * @param desk creates them
     * @param router gives tickets for them
     * @param address of this server; its rooms are on other ports there
     * @param threads where it is waited for rooms that open
     */
    RoomsApi(
            String version,
            AdminAccess access,
            RoomDesk desk,
            RoomRouter router,
            HostAddress address,
            BoundedWork threads) {
        this.version = version;
        this.access = access;
        this.desk = desk;
        this.router = router;
        this.address = address;
        this.threads = threads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // As it came, so that a name of dots or with an encoded slash is a wrong name and not another path.
        String path = request.getHttpURI().getPath();
        if (!path.startsWith(ROOT)) {
            return false;
        }
        ApiExchange exchange = new ApiExchange(request, response, callback, ChatServerRefusals.INSTANCE);
        exchange.attempt(() -> dispatch(exchange, path));
        return true;
    }

    private void dispatch(ApiExchange exchange, String path) {
        if (path.equals(ROOT)) {
            if (exchange.takes("GET")) {
                Map<String, Object> data = new LinkedHashMap<>();
                data.put("app", "chatserver");
                data.put("version", version);
                answer(exchange, data);
            }
        } else if (path.startsWith(ROOM) && path.indexOf('/', ROOM.length()) < 0) {
            if (exchange.takes("POST")) {
                findOrCreate(exchange, path.substring(ROOM.length()));
            }
        } else {
            exchange.refuse(Refusal.unknownPath());
        }
    }

    private void findOrCreate(ApiExchange exchange, String encodedName) {
        access.check(exchange.request());
        RoomId room = RoomId.of(nameIn(encodedName));
        exchange.readJson(body -> {
            Optional<Identity> user = body.text("userId").map(Identity::of);
            RoomRouter named = CorrelationHandler.of(exchange.request())
                    .map(router::correlated)
                    .orElse(router);
            threads.run(exchange, () -> answer(exchange, placeOf(room, user, named)));
        });
    }

    private Map<String, Object> placeOf(RoomId room, Optional<Identity> user, RoomRouter named) {
        RoomPlace place = desk.findOrCreate(room);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("port", place.port());
        data.put("message", place.created() ? "Room created" : room + " already exists");
        user.ifPresent(who -> {
            Route route = named.find(room, who);
            data.put("url", new HostAddress(address.host(), place.port(), address.secure()).url());
            data.put("token", route.ticket());
            data.put("expiresAt", route.expiresAt().toString());
        });
        return data;
    }

    /** A parameter within the path belongs to no name. */
    private static String nameIn(String encoded) {
        return encoded.contains(";") ? encoded : URIUtil.decodePath(encoded);
    }

    private static void answer(ApiExchange exchange, Map<String, Object> data) {
        exchange.answer(Map.of("data", data));
    }
}
