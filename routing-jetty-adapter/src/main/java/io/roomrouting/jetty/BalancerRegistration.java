package io.roomrouting.jetty;

import io.roomrouting.HostAddress;
import io.roomrouting.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server registered with load balancers by HTTP heartbeats, so that they send to it whoever needs a room.
 *
 * <pre>{@code
 * var registration = BalancerRegistration.builder(List.of(URI.create("http://lb-1:8100")), key)
 *         .address(HostAddress.parse("chat-3.example.com:80"))
 *         .version("1.0.0")
 *         .load(() -> new BalancerRegistration.Load(rooms.size(), 51, true))
 *         .start();
 * }</pre>
 *
 * <p>A heartbeat is {@code PUT {balancer}/register/{host:port}/{cpus}/{rooms}/{version}?capacity=51}, with
 * {@code &scheme=https} for a server that speaks TLS, and the key as {@code X-API-Key}. It is sent at once, every 10 s from
 * then on, and when {@link #loadChanged()} finds that the server has become full or is full no more. A server that takes no
 * rooms for now is unregistered ({@code DELETE {balancer}/register/{host:port}}) until it does again.
 *
 * <p>Balancers do not wait for each other: each has its own schedule, one call at a time that ends after 1 s at the latest,
 * and is left alone for 30 s after three failures in a row. What changes is logged, once; the key never is.
 *
 * <p>Thread-safe. Nothing blocks but {@link #close()}.
 */
public final class BalancerRegistration implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int MOST_BALANCERS = 64;
    private static final Pattern KEY = Pattern.compile("[!-~]{1,1024}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._+~-]{1,64}");

    private final Supplier<Load> load;
    private final TimeSource time;
    private final List<BalancerLink> links;

    private BalancerRegistration(BalancerCalls calls, List<URI> balancers, Supplier<Load> load, TimeSource time) {
        this.load = load;
        this.time = time;
        this.links = balancers.stream()
                .map(balancer -> new BalancerLink(balancer, calls, load, time, INTERVAL))
                .toList();
        links.forEach(BalancerLink::beat);
    }

    /**
     * What a server carries.
     *
     * @param rooms how many places are taken, 0 or more
     * @param capacity how many rooms it takes, 0 or more; full when {@code rooms} is as many
     * @param open whether it takes rooms at all; false while it drains
     */
    public record Load(int rooms, int capacity, boolean open) {

        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if a number is negative
         */
        public Load {
            if (rooms < 0 || capacity < 0) {
                throw new IllegalArgumentException("rooms and capacity are 0 or more, not " + rooms + ", " + capacity);
            }
        }
    }

    /**
     * How it stands with one balancer.
     *
     * @param balancer its base URL
     * @param registered whether it has accepted the last heartbeat
     * @param sinceAnswer how long ago it last accepted one; empty if it never has
     * @param trouble why the last one failed, in a few words; empty if it has not
     */
    public record Status(URI balancer, boolean registered, Optional<Duration> sinceAnswer, Optional<String> trouble) {}

    /**
     * Starts to describe a registration.
     *
     * @param balancers base URLs, {@code http} or {@code https}; the same one twice counts once; none is fine, too
     * @param key what the balancers ask for; a secret
     * @return a builder
     * @throws IllegalArgumentException if a URL has another scheme, a user, a query or a fragment, if there are more than
     *     64, or if the key is empty or cannot stand in a header; the message leaves the key out
     */
    public static Builder builder(List<URI> balancers, String key) {
        return new Builder(balancers, key);
    }

    /**
     * Looks whether the balancers have to treat the server differently (full, no longer full, draining), and tells them at
     * once if so. To be called whenever a room has come or gone; cheap, and many changes become one call.
     */
    public void loadChanged() {
        Load now = load.get();
        links.forEach(link -> link.changed(now));
    }

    /**
     * Tells how it stands with each balancer.
     *
     * @return in the order in which they were given
     */
    public List<Status> status() {
        return links.stream().map(BalancerLink::status).toList();
    }

    /**
     * Unregisters everywhere and sends no more heartbeats. Waits for the balancers that answered last, but no longer than a
     * second; one that was not reached forgets the server by itself. Calling it twice unregisters twice, which is harmless.
     */
    @Override
    public void close() {
        CompletableFuture<?>[] leaving = links.stream().map(BalancerLink::leave).toArray(CompletableFuture<?>[]::new);
        try {
            time.await(CompletableFuture.allOf(leaving), HttpBalancerCalls.TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Describes a registration. Not thread-safe. */
    public static final class Builder {

        private final List<URI> balancers;
        private final String key;
        private TimeSource time = TimeSource.system();
        private String version = "";
        private @Nullable HostAddress address;
        private @Nullable Supplier<Load> load;

        private Builder(List<URI> balancers, String key) {
            this.balancers = List.copyOf(new LinkedHashSet<>(balancers));
            this.key = key;
            balancers.forEach(Builder::check);
            if (this.balancers.size() > MOST_BALANCERS) {
                throw new IllegalArgumentException(
                        "there are " + this.balancers.size() + " balancers, must be at most " + MOST_BALANCERS);
            }
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "the key must be 1 to 1024 printable ASCII characters without blanks");
            }
        }

        /**
         * Sets where clients reach the server; also its name, so no two servers may have the same.
         *
         * @param value the address; {@link HostAddress#secure()} says that it speaks TLS
         * @return this builder
         */
        public Builder address(HostAddress value) {
            this.address = value;
            return this;
        }

        /**
         * Sets what clients ask balancers for.
         *
         * @param value 1 to 64 of {@code A-Z a-z 0-9 . _ + ~ -}
         * @return this builder
         */
        public Builder version(String value) {
            this.version = value;
            return this;
        }

        /**
         * Sets where the load comes from.
         *
         * @param value asked before each heartbeat, on any thread; must neither block nor throw
         * @return this builder
         */
        public Builder load(Supplier<Load> value) {
            this.load = value;
            return this;
        }

        /**
         * Sets the clock; by default the system's.
         *
         * @param value measures and schedules
         * @return this builder
         */
        public Builder time(TimeSource value) {
            this.time = value;
            return this;
        }

        /**
         * Sends the first heartbeats and keeps on, without waiting for any of them.
         *
         * @return the registration; to be closed
         * @throws IllegalArgumentException if the address or the load is missing, or the version is not one
         */
        public BalancerRegistration start() {
            HostAddress server = required(address, "address");
            BalancerCalls calls = new HttpBalancerCalls(key, server, version, time);
            return start(calls);
        }

        BalancerRegistration start(BalancerCalls calls) {
            if (!VERSION.matcher(version).matches()) {
                throw new IllegalArgumentException("version is \"" + version + "\", must match " + VERSION.pattern());
            }
            return new BalancerRegistration(calls, balancers, required(load, "load"), time);
        }

        private static <T> T required(@Nullable T value, String what) {
            if (value == null) {
                throw new IllegalArgumentException(what + " is not set");
            }
            return value;
        }

        private static void check(URI balancer) {
            boolean http =
                    "http".equalsIgnoreCase(balancer.getScheme()) || "https".equalsIgnoreCase(balancer.getScheme());
            boolean bare = balancer.getRawUserInfo() == null
                    && balancer.getRawQuery() == null
                    && balancer.getRawFragment() == null;
            if (!http || !bare || balancer.getHost() == null) {
                throw new IllegalArgumentException(
                        "a balancer is http(s)://host[:port][/path], without user, query and fragment");
            }
        }
    }
}
