package io.roomrouting.examples.loadbalancer;

import io.roomrouting.ErrorCode;
import io.roomrouting.examples.http.ApiExchange;
import io.roomrouting.examples.http.Refusal;
import io.roomrouting.jetty.AdminAccess;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;

/**
 * The balancer over HTTP: servers register and unregister with the key, and anybody asks {@code GET /find/:version} where a
 * room may be created. Answers are {@code {"status":"ok",…}}, or a problem with {@code "status":"error"}. Never blocks.
 */
final class BalancerHandler extends Handler.Abstract.NonBlocking {

    /** What is counted apart. */
    static final List<String> PATHS = List.of(
            "/", "/register/{name}/{cpus}/{rooms}/{version}", "/register/{name}", "/find/{version}", "/info/json");

    private static final String REGISTER = "register";

    private final RegisteredServers servers;
    private final AdminAccess access;

    BalancerHandler(RegisteredServers servers, AdminAccess access) {
        this.servers = servers;
        this.access = access;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // As it came, so that an encoded slash or dot stays within its part.
        String[] path = request.getHttpURI().getPath().substring(1).split("/", -1);
        boolean mine = List.of("", "find", "info", REGISTER).contains(path[0]);
        if (mine) {
            ApiExchange exchange = new ApiExchange(request, response, callback, BalancerRefusals.INSTANCE);
            exchange.attempt(() -> dispatch(exchange, path));
        }
        return mine;
    }

    private void dispatch(ApiExchange exchange, String[] encoded) {
        if (encoded[0].equals(REGISTER)) {
            // Before anything else is looked at, so that strangers learn nothing.
            access.check(exchange.request());
        }
        List<String> path = Arrays.stream(encoded).map(URIUtil::decodePath).toList();
        switch (path.get(0) + "/" + path.size()) {
            case "/1" -> perform(exchange, "GET", () -> summary(exchange));
            case "find/2" -> perform(exchange, "GET", () -> find(exchange, path.get(1)));
            case "info/2" -> info(exchange, path.get(1));
            case "register/2" -> perform(exchange, "DELETE", () -> unregister(exchange, path.get(1)));
            case "register/5" -> perform(exchange, "PUT", () -> register(exchange, path));
            default -> exchange.refuse(Refusal.unknownPath());
        }
    }

    private static void perform(ApiExchange exchange, String method, Runnable action) {
        if (exchange.takes(method)) {
            action.run();
        }
    }

    private void summary(ApiExchange exchange) {
        succeed(exchange, "message", servers.list().size() + " servers are registered");
    }

    private void find(ApiExchange exchange, String version) {
        servers.find(Heartbeat.version(version))
                .ifPresentOrElse(
                        server -> succeed(exchange, "message", server.said().url()),
                        () -> exchange.refuse(new Refusal(
                                HttpStatus.NOT_FOUND_404,
                                ErrorCode.NO_CAPACITY,
                                "No server of version " + version + " takes a room now",
                                Map.of())));
    }

    private void info(ApiExchange exchange, String format) {
        if (format.equals("json")) {
            perform(
                    exchange,
                    "GET",
                    () -> succeed(
                            exchange,
                            "servers",
                            servers.list().stream().map(this::view).toList()));
        } else {
            exchange.refuse(Refusal.unknownPath());
        }
    }

    private void register(ApiExchange exchange, List<String> path) {
        servers.register(Heartbeat.read(
                path.get(1),
                path.get(2),
                path.get(3),
                path.get(4),
                exchange.parameter("capacity"),
                exchange.parameter("scheme")));
        succeed(exchange, "message", "Registered");
    }

    private void unregister(ApiExchange exchange, String name) {
        if (servers.unregister(Heartbeat.server(name))) {
            succeed(exchange, "message", "Unregistered");
        } else {
            exchange.refuse(Refusal.invalid(HttpStatus.NOT_FOUND_404, "No such server is registered"));
        }
    }

    private static void succeed(ApiExchange exchange, String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", "ok");
        members.put(name, value);
        exchange.answer(members);
    }

    private Map<String, Object> view(RegisteredServer server) {
        Heartbeat said = server.said();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", server.name());
        members.put("url", said.url());
        members.put("cpus", said.cpus());
        members.put("rooms", said.rooms());
        members.put("capacity", said.capacity());
        members.put("version", said.version());
        members.put("age", servers.silenceOf(server).toSeconds());
        return members;
    }
}
