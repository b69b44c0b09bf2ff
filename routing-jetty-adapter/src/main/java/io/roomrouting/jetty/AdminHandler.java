package io.roomrouting.jetty;

import io.roomrouting.HostCapacity;
import io.roomrouting.HostRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.TimeSource;
import io.roomrouting.session.SessionHost;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can see and do over HTTP, below {@code /api/v1/}: {@code load}, {@code rooms}, {@code room/:name},
 * {@code room/:name/shutdown}, {@code message}, {@code room/:name/message}, {@code drain}, {@code shutdown},
 * {@code hosts}; {@code docs/admin.md} says how. Fits into any Jetty server's handler tree; every other path is left to the
 * next handler. Not for the public: put it on a listener of its own.
 *
 * <p>Before anything happens a request must not come from a foreign web page (403), and must satisfy the
 * {@link AdminAccess} (401, 403). Success is {@code {"data":{…}}}; an error is RFC 9457 problem details with
 * {@code "data":{"message":"…"}} besides.
 *
 * <p>Never blocks the thread that calls it: what may wait is done on virtual threads or, before Java 21, on a pool.
 */
public final class AdminHandler extends Handler.Abstract.NonBlocking {

    private static final String ROOT = "/api/v1/";
    private static final int MOST_WAITING = 64;

    private final AdminAccess access;
    private final OwnPages pages;
    private final AdminPaths paths = new AdminPaths();
    private final BlockingCalls blockingCalls = new BlockingCalls(MOST_WAITING);

    private AdminHandler(Builder builder) {
        access = builder.access;
        pages = new OwnPages(builder.origins);
        addBean(blockingCalls);
        paths.add(
                "",
                Methods.GET,
                exchange -> AdminJson.answer(
                        exchange, AdminJson.object().put("app", builder.appName).put("version", builder.appVersion)));
        addPaths(builder);
    }

    private void addPaths(Builder builder) {
        TimeSource time = builder.time;
        Optional<SessionHost> host = Optional.ofNullable(builder.host);
        Optional<AdminDrain> drain = host.map(here -> new AdminDrain(here, builder.drainSpread, time, blockingCalls));
        new AdminLoad(host, drain, Optional.ofNullable(builder.capacity), time).addTo(paths);
        host.ifPresent(here -> {
            new AdminRooms(here.rooms(), builder.roomFields, time).addTo(paths);
            new AdminMessages(here.rooms(), time).addTo(paths);
        });
        drain.ifPresent(here -> here.addTo(paths));
        Optional.ofNullable(builder.hosts).ifPresent(registry -> new AdminHosts(registry, blockingCalls).addTo(paths));
        Optional.ofNullable(builder.onShutdown).ifPresent(task -> new AdminShutdown(task).addTo(paths));
    }

    /**
     * Starts to describe an admin interface.
     *
     * @param access who may use it
     * @return a builder
     */
    public static Builder builder(AdminAccess access) {
        return new Builder(access);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!path.startsWith(ROOT)) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback, AdminJson::problem);
        exchange.attempt(() -> {
            pages.check(request);
            if (access.mayBlock()) {
                blockingCalls.run(exchange, () -> admit(exchange, path));
            } else {
                admit(exchange, path);
            }
        });
        return true;
    }

    private void admit(Exchange exchange, String path) {
        access.check(exchange.request());
        paths.dispatch(exchange, path.substring(ROOT.length()));
    }

    /** Describes an admin interface. Not thread-safe. */
    public static final class Builder {

        private static final Duration LONGEST_SPREAD = Duration.ofHours(1);

        private final AdminAccess access;
        private String appName = "Room Routing";
        private String appVersion = "unknown";
        private @Nullable SessionHost host;
        private @Nullable HostRegistry hosts;
        private Function<RoomId, Map<String, ?>> roomFields = room -> Map.of();
        private @Nullable HostCapacity capacity;
        private @Nullable Runnable onShutdown;
        private Duration drainSpread = Duration.ofSeconds(10);
        private AllowedOrigins origins = AllowedOrigins.none();
        private TimeSource time = TimeSource.system();

        private Builder(AdminAccess access) {
            this.access = access;
        }

        /**
         * Sets what {@code GET /api/v1/} tells of the program.
         *
         * @param name its name
         * @param version its version
         * @return this builder
         */
        public Builder app(String name, String version) {
            appName = name;
            appVersion = version;
            return this;
        }

        /**
         * Serves a host: its rooms and their members, messages to them, closing and draining. Without this those paths are
         * unknown, and {@code load} tells only of the process.
         *
         * @param value the host; not closed by the handler
         * @return this builder
         */
        public Builder host(SessionHost value) {
            host = value;
            return this;
        }

        /**
         * Serves {@code hosts}. Without this the path is unknown.
         *
         * @param registry is asked for its hosts; may block
         * @return this builder
         */
        public Builder hosts(HostRegistry registry) {
            hosts = registry;
            return this;
        }

        /**
         * Adds fields to what is told of each room, the room's port for example.
         *
         * @param fields asked for every room that is told of; its values are strings, numbers, booleans, or lists and maps
         *     of these; must not block. A field that is told anyway stays as it is
         * @return this builder
         */
        public Builder roomFields(Function<RoomId, Map<String, ?>> fields) {
            roomFields = fields;
            return this;
        }

        /**
         * Sets what {@code load} tells of the capacity.
         *
         * @param value what the host takes at most
         * @return this builder
         */
        public Builder capacity(HostCapacity value) {
            capacity = value;
            return this;
        }

        /**
         * Serves {@code DELETE shutdown}. Without this the path is unknown.
         *
         * @param task stops the program; called once, on a thread of its own that keeps the process alive, after the answer
         *     is written. May block, and may stop the server that this handler is in
         * @return this builder
         */
        public Builder onShutdown(Runnable task) {
            onShutdown = task;
            return this;
        }

        /**
         * Sets over how long a drain spreads the return of the clients when it is not told otherwise; 10 seconds unless
         * set.
         *
         * @param value zero to one hour
         * @return this builder
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder drainSpread(Duration value) {
            if (value.isNegative() || value.compareTo(LONGEST_SPREAD) > 0) {
                throw new IllegalArgumentException("drainSpread is " + value + ", must be 0 to " + LONGEST_SPREAD);
            }
            drainSpread = value;
            return this;
        }

        /**
         * Sets the web pages of other sites that may use the interface, besides its own; by default none. They need a
         * {@link CorsHandler} in front, and send the key as a bearer token.
         *
         * @param value the origins
         * @return this builder
         */
        public Builder allowedOrigins(AllowedOrigins value) {
            origins = value;
            return this;
        }

        /**
         * Sets where the handler takes the time from; the system's unless set.
         *
         * @param source the time
         * @return this builder
         */
        public Builder time(TimeSource source) {
            time = source;
            return this;
        }

        /**
         * Makes the handler.
         *
         * @return to be put into a Jetty server, which starts and stops it
         */
        public AdminHandler build() {
            return new AdminHandler(this);
        }
    }
}
