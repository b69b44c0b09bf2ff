package io.roomrouting.examples.hms;

import io.roomrouting.Authenticator;
import io.roomrouting.ErrorCode;
import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.examples.http.ApiExchange;
import io.roomrouting.examples.http.JsonFields;
import io.roomrouting.examples.http.Refusal;
import io.roomrouting.hms.HmsRole;
import io.roomrouting.hms.OwnedRooms;
import io.roomrouting.jetty.LoginIssuer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The API of the 100ms backend: {@code POST /api/rooms}, {@code POST /api/rooms/:roomId} and what is below it. Every other
 * path below {@code /api/} is answered 404.
 *
 * <p>Never blocks the thread that calls it. 100ms is asked on 32 threads; 200 requests wait for one at most, and more are
 * answered 503 {@code OVERLOADED}.
 */
final class HmsApiHandler extends Handler.Abstract.NonBlocking {

    /** The paths that it takes; what varies is in braces. */
    static final List<String> PATHS = List.of(
            "/api/login",
            "/api/rooms",
            "/api/rooms/{roomId}",
            "/api/rooms/{roomId}/token",
            "/api/rooms/{roomId}/end",
            "/api/rooms/{roomId}/peers");

    private static final String API = "/api/";
    private static final int THREADS = 32;
    private static final int MOST_WAITING = 200;

    private final Authenticator authenticator;
    private final OwnedRooms rooms;
    private final Optional<LoginIssuer> login;
    private final ThreadPoolExecutor threads;

    /** What is done for a user with the body of the request; gives the members of the answer. */
    @FunctionalInterface
    private interface Action {
        Map<String, Object> apply(Identity who, JsonFields body);
    }

    HmsApiHandler(Authenticator authenticator, OwnedRooms rooms, Optional<LoginIssuer> login) {
        this.authenticator = authenticator;
        this.rooms = rooms;
        this.login = login;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "hms-api");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!path.startsWith(API)) {
            return false;
        }
        ApiExchange exchange = new ApiExchange(request, response, callback, HmsRefusals.INSTANCE);
        exchange.attempt(() -> dispatch(exchange, path.substring(API.length()).split("/", -1)));
        return true;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        threads.shutdown();
    }

    private void dispatch(ApiExchange exchange, String[] path) {
        if (path.length == 1 && path[0].equals("login") && login.isPresent()) {
            logIn(exchange, login.get());
        } else if (path[0].equals("rooms") && path.length <= 3) {
            switch (path.length) {
                case 1 -> perform(exchange, "POST", this::create);
                case 2 -> perform(exchange, "POST", (who, body) -> setEnabled(who, path[1], body));
                default -> dispatchInRoom(exchange, path[1], path[2]);
            }
        } else {
            exchange.refuse(Refusal.unknownPath());
        }
    }

    private void dispatchInRoom(ApiExchange exchange, String room, String what) {
        switch (what) {
            case "token" -> perform(exchange, "POST", (who, body) -> token(who, room, body));
            case "end" -> perform(exchange, "POST", (who, body) -> end(who, room, body));
            case "peers" -> perform(exchange, "GET", (who, body) -> peers(who, room));
            default -> exchange.refuse(Refusal.unknownPath());
        }
    }

    private static void logIn(ApiExchange exchange, LoginIssuer issuer) {
        if (exchange.takes("POST")) {
            exchange.readJson(body -> {
                String user = body.text("userId").orElseThrow(() -> RoutingException.invalid("userId is missing"));
                succeed(exchange, Map.of("token", issuer.issue(Identity.of(user))));
            });
        }
    }

    /** Looks at the credentials first, so that a stranger learns nothing about rooms or formats. */
    private void perform(ApiExchange exchange, String method, Action action) {
        if (!exchange.takes(method)) {
            return;
        }
        String token = exchange.bearerToken();
        exchange.readBody(body -> execute(exchange, () -> {
            Identity who = authenticator.authenticate(token);
            if (exchange.isJson(body)) {
                succeed(exchange, action.apply(who, JsonFields.in(body)));
            }
        }));
    }

    private static void succeed(ApiExchange exchange, Map<String, Object> members) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", true);
        body.putAll(members);
        exchange.answer(body);
    }

    private void execute(ApiExchange exchange, Runnable step) {
        try {
            threads.execute(() -> exchange.attempt(step));
        } catch (RejectedExecutionException e) {
            throw RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "Too many requests are waiting", Duration.ofSeconds(1), e);
        }
    }

    private Map<String, Object> create(Identity who, JsonFields body) {
        return Map.of(
                "room",
                HmsJsonViews.of(rooms.create(
                        who, body.text("name"), body.text("description").orElse(""))));
    }

    private Map<String, Object> token(Identity who, String room, JsonFields body) {
        HmsRole role = body.text("role").map(HmsRole::of).orElse(HmsRole.GUEST);
        return Map.of("token", rooms.token(who, RoomId.of(room), role));
    }

    private Map<String, Object> setEnabled(Identity who, String room, JsonFields body) {
        boolean enabled =
                body.flag("enabled").orElseThrow(() -> RoutingException.invalid("enabled is missing: true or false"));
        return Map.of("room", HmsJsonViews.of(rooms.setEnabled(who, RoomId.of(room), enabled)));
    }

    private Map<String, Object> end(Identity who, String room, JsonFields body) {
        rooms.end(
                who,
                RoomId.of(room),
                body.text("reason").orElse(""),
                body.flag("lock").orElse(false));
        return Map.of();
    }

    private Map<String, Object> peers(Identity who, String room) {
        List<Map<String, Object>> peers =
                rooms.peers(who, RoomId.of(room)).stream().map(HmsJsonViews::of).toList();
        return Map.of("peers", peers);
    }
}
