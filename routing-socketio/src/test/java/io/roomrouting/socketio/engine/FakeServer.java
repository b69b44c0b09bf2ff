package io.roomrouting.socketio.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A server without a network, on virtual time, with the heartbeat of the official tests. */
public final class FakeServer {

    public static final Duration PING_INTERVAL = Duration.ofMillis(300);
    public static final Duration PING_TIMEOUT = Duration.ofMillis(200);

    public final ManualTime time = ManualTime.create();
    public final EngineServer engine;

    public FakeServer(EngineAcceptor acceptor) {
        this(acceptor, EngineSettings.defaults());
    }

    public FakeServer(EngineAcceptor acceptor, EngineSettings settings) {
        this(acceptor, settings, Runnable::run);
    }

    public FakeServer(EngineAcceptor acceptor, EngineSettings settings, Executor executor) {
        this(EngineServer.builder(acceptor)
                .settings(settings.withHeartbeat(PING_INTERVAL, PING_TIMEOUT))
                .executor(executor));
    }

    /** Makes the server that is described, with the time, the ids and the heartbeat of this class. */
    public FakeServer(EngineServerBuilder builder) {
        engine = builder.time(time).ids(new RandomIds(new Random(1))).build();
    }

    /** A request under way. */
    public static final class Call {

        private @Nullable HttpReply reply;
        private RequestListener listener = RequestListener.NONE;

        private void answer(HttpReply answer) {
            if (reply != null) {
                throw new AssertionError("answered twice");
            }
            reply = answer;
        }

        public boolean isHeld() {
            return reply == null;
        }

        public HttpReply reply() {
            if (reply == null) {
                throw new AssertionError("not answered");
            }
            return reply;
        }

        public int status() {
            return reply().status();
        }

        public String body() {
            return UTF_8.decode(reply().body()).toString();
        }

        public String told() {
            return status() + " " + body();
        }

        public RequestListener listener() {
            return listener;
        }
    }

    public Call call(String method, String query) {
        return call(method, query, Map.of());
    }

    public Call call(String method, String query, Map<String, String> headers) {
        Call call = new Call();
        call.listener = engine.request(request(method, query, headers), call::answer);
        return call;
    }

    /** Opens a session by polling. */
    public String open() {
        String body = call("GET", "EIO=4&transport=polling").body();
        return body.replaceAll(".*\"sid\":\"([^\"]*)\".*", "$1");
    }

    public Call get(String sid) {
        return call("GET", "EIO=4&transport=polling&sid=" + sid);
    }

    public Call begin(String sid) {
        return call("POST", "EIO=4&transport=polling&sid=" + sid);
    }

    public Call post(String sid, String body) {
        Call call = begin(sid);
        call.listener().onBody(body.getBytes(UTF_8));
        return call;
    }

    public WebSocketOffer offer(String query) {
        return engine.webSocket(request("GET", query, Map.of()));
    }

    public FakeLink webSocket(String query) {
        if (offer(query) instanceof WebSocketOffer.Accepted accepted) {
            FakeLink link = new FakeLink();
            link.open(accepted.opening());
            return link;
        }
        throw new AssertionError("refused");
    }

    /** Opens a session by WebSocket and reads the handshake. */
    public FakeLink webSocket() {
        FakeLink link = webSocket("EIO=4&transport=websocket");
        link.received();
        return link;
    }

    public FakeLink candidate(String sid) {
        return webSocket("EIO=4&transport=websocket&sid=" + sid);
    }

    public void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private static EngineRequest request(String method, String query, Map<String, String> headers) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return new EngineRequest(method, parameters, headers, "192.0.2.1");
    }
}
