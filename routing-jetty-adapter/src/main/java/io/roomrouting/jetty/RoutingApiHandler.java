package io.roomrouting.jetty;

import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The routing API over HTTP: {@code POST /api/login}, {@code POST /api/rooms} and {@code GET} or {@code POST}
 * {@code /api/rooms/:roomId}; if the router has a directory, {@code GET /api/rooms} and {@code POST /api/match}, too. Fits into any Jetty server's handler tree; every other path is left to the next handler,
 * except that those below {@code /api/} are answered 404.
 *
 * <p>Never blocks the thread that calls it: bodies are read as they arrive, and when the router may wait, it is asked on
 * virtual threads or, before Java 21, on a pool of 64. At most 1,000 requests wait; more are answered 503
 * {@code OVERLOADED}. Errors are RFC 9457 problem details with the {@link io.roomrouting.ErrorCode} as {@code code}. An
 * unexpected exception is answered 500 and logged with its stack trace.
 */
public final class RoutingApiHandler extends Handler.Abstract.NonBlocking {

    /** The paths that it takes; what varies is in braces. For metrics, which must not count apart what has no bound. */
    public static final List<String> PATHS = List.of("/api/login", "/api/rooms", "/api/rooms/{roomId}", "/api/match");

    private static final String API = "/api/";
    private static final String LOGIN = "/api/login";
    private static final String ROOMS = "/api/rooms";
    private static final String MATCH = "/api/match";
    private static final String ROOM = "/api/rooms/";
    private static final String USER_ID = "userId";

    private final RoomRouter sharedRouter;
    private final boolean mayBlock;
    private final BlockingCalls blockingCalls = new BlockingCalls();
    private final @Nullable LoginIssuer login;
    private final @Nullable AddressLimiter loginLimiter;
    private final @Nullable AddressLimiter roomLimiter;

    private RoutingApiHandler(Builder builder) {
        sharedRouter = builder.router;
        mayBlock = sharedRouter.mayBlock();
        login = builder.login;
        loginLimiter = builder.limiter(builder.loginLimit);
        roomLimiter = builder.limiter(builder.roomLimit);
        addBean(blockingCalls);
    }

    /**
     * Starts to describe an API.
     *
     * @param router does the routing
     * @return a builder
     */
    public static Builder builder(RoomRouter router) {
        return new Builder(router);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!path.startsWith(API)) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        exchange.attempt(() -> dispatch(exchange, path));
        return true;
    }

    private void dispatch(Exchange exchange, String path) {
        LoginIssuer issuer = login;
        if (path.equals(LOGIN) && issuer != null) {
            if (exchange.takes(Methods.POST)) {
                logIn(exchange, issuer);
            }
        } else if (path.equals(ROOMS)) {
            if (exchange.takes(sharedRouter.hasDirectory() ? Methods.GET_AND_POST : Methods.POST)) {
                listOrCreate(exchange);
            }
        } else if (path.equals(MATCH) && sharedRouter.hasDirectory()) {
            if (exchange.takes(Methods.POST)) {
                match(exchange);
            }
        } else if (path.startsWith(ROOM) && path.length() > ROOM.length() && path.indexOf('/', ROOM.length()) < 0) {
            if (exchange.takes(Methods.GET_AND_POST)) {
                resolve(exchange, path.substring(ROOM.length()));
            }
        } else {
            exchange.refuse(Problem.unknownPath());
        }
    }

    private void logIn(Exchange exchange, LoginIssuer issuer) {
        limit(loginLimiter, exchange);
        exchange.readJson(body -> {
            Optional<String> inBody = body.length == 0 ? Optional.empty() : JsonRequest.userId(body);
            String name = inBody.or(() -> userIdInQuery(exchange.request()))
                    .orElseThrow(() -> RoutingException.invalid("userId is missing"));
            String token = issuer.issue(Identity.of(name));
            exchange.answer(new JsonText().put("token", token).bytes());
        });
    }

    private static Optional<String> userIdInQuery(Request request) {
        List<String> values = Request.extractQueryParameters(request).getValuesOrEmpty(USER_ID);
        if (values.size() > 1) {
            throw RoutingException.invalid("userId is given more than once");
        }
        return values.stream().findFirst();
    }

    private void listOrCreate(Exchange exchange) {
        if (exchange.request().getMethod().equals("POST")) {
            create(exchange);
            return;
        }
        String token = exchange.bearerToken();
        askRouter(exchange, router -> {
            router.authenticate(token);
            exchange.answer(RoomPageJson.bytes(router.list(LobbyRequest.query(exchange.request()))));
        });
    }

    private void match(Exchange exchange) {
        limit(roomLimiter, exchange);
        String token = exchange.bearerToken();
        exchange.readJson(body -> askRouter(exchange, router -> {
            Identity identity = router.authenticate(token);
            JsonRequest.Match wanted = JsonRequest.match(body);
            answer(exchange, router.match(identity, wanted.spec(), wanted.group()));
        }));
    }

    private void create(Exchange exchange) {
        limit(roomLimiter, exchange);
        String token = exchange.bearerToken();
        exchange.readJson(body -> askRouter(exchange, router -> {
            Identity identity = router.authenticate(token);
            Route route = router.create(identity, JsonRequest.roomSpec(body));
            exchange.answer(new JsonText().put("roomId", route.room().value()).bytes());
        }));
    }

    private void resolve(Exchange exchange, String room) {
        String token = exchange.bearerToken();
        if (!exchange.request().getMethod().equals("POST")) {
            askRouter(exchange, router -> {
                Identity identity = router.authenticate(token);
                answer(exchange, router.find(RoomId.of(room), identity));
            });
            return;
        }
        limit(roomLimiter, exchange);
        exchange.readJson(body -> askRouter(exchange, router -> {
            Identity identity = router.authenticate(token);
            RoomSpec spec = JsonRequest.roomSpec(body);
            answer(exchange, router.findOrStart(RoomId.of(room), spec, identity));
        }));
    }

    private static void answer(Exchange exchange, Route route) {
        exchange.answer(new JsonText()
                .put("roomId", route.room().value())
                .put("host", route.address().authority())
                .put("url", route.url())
                .put("token", route.ticket())
                .put("expiresAt", route.expiresAt().toString())
                .bytes());
    }

    private void askRouter(Exchange exchange, Consumer<RoomRouter> question) {
        RoomRouter named = CorrelationHandler.of(exchange.request())
                .map(sharedRouter::correlated)
                .orElse(sharedRouter);
        if (mayBlock) {
            blockingCalls.run(exchange, () -> question.accept(named));
        } else {
            question.accept(named);
        }
    }

    private static void limit(@Nullable AddressLimiter limiter, Exchange exchange) {
        if (limiter != null) {
            limiter.take(exchange.request().getConnectionMetaData().getRemoteSocketAddress());
        }
    }

    /** Describes an API. Not thread-safe. */
    public static final class Builder {

        private final RoomRouter router;
        private @Nullable LoginIssuer login;
        private @Nullable RateLimit loginLimit;
        private @Nullable RateLimit roomLimit;
        private TimeSource time = TimeSource.system();

        private Builder(RoomRouter router) {
            this.router = router;
        }

        /**
         * Serves {@code POST /api/login}. Without this the path is unknown.
         *
         * @param issuer mints the tokens
         * @return this builder
         */
        public Builder login(LoginIssuer issuer) {
            this.login = issuer;
            return this;
        }

        /**
         * Limits how often one network address may log in; more is 429 {@code RATE_LIMITED}. Without this there is no
         * limit: many users may share an address, and only the application knows how many.
         *
         * @param limit the limit
         * @return this builder
         */
        public Builder loginLimit(RateLimit limit) {
            this.loginLimit = limit;
            return this;
        }

        /**
         * Limits how often one network address may create a room, get-or-start one or ask for a match; more is 429 {@code RATE_LIMITED}.
         * Without this there is no limit.
         *
         * @param limit the limit
         * @return this builder
         */
        public Builder roomLimit(RateLimit limit) {
            this.roomLimit = limit;
            return this;
        }

        /**
         * Sets where the limits take the time from; the system's unless set.
         *
         * @param source the time
         * @return this builder
         */
        public Builder time(TimeSource source) {
            this.time = source;
            return this;
        }

        /**
         * Makes the handler.
         *
         * @return to be put into a Jetty server, which starts and stops it
         */
        public RoutingApiHandler build() {
            return new RoutingApiHandler(this);
        }

        private @Nullable AddressLimiter limiter(@Nullable RateLimit limit) {
            return limit == null ? null : new AddressLimiter(limit, time);
        }
    }
}
