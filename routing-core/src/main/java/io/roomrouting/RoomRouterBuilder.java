package io.roomrouting;

import io.roomrouting.internal.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link RoomRouter}. Not thread-safe.
 *
 * <p>Needed are an authenticator, a scheduler, a registry and a ticket issuer; everything else has a default.
 */
public final class RoomRouterBuilder {

    private @Nullable Authenticator authenticator;
    private @Nullable Scheduler scheduler;
    private @Nullable RoomRegistry registry;
    private @Nullable TicketIssuer ticketIssuer;

    @Nullable RoomDirectory directory;

    RoomAuthorizer authorizer = RoomAuthorizer.anyone();
    TimeSource time = TimeSource.system();
    Duration placementTimeout = Duration.ofSeconds(10);
    int maxPlacementAttempts = 8;
    final List<RoutingListener> listeners = new ArrayList<>();

    RoomRouterBuilder() {}

    /**
     * Sets who checks tokens. Required.
     *
     * @param value the authenticator
     * @return this
     */
    public RoomRouterBuilder authenticator(Authenticator value) {
        authenticator = value;
        return this;
    }

    /**
     * Sets who names hosts for rooms. Required.
     *
     * @param value the scheduler
     * @return this
     */
    public RoomRouterBuilder scheduler(Scheduler value) {
        scheduler = value;
        return this;
    }

    /**
     * Sets where rooms and their owners are known. Required.
     *
     * @param value the registry
     * @return this
     */
    public RoomRouterBuilder registry(RoomRegistry value) {
        registry = value;
        return this;
    }

    /**
     * Sets who mints tickets. Required.
     *
     * @param value the issuer
     * @return this
     */
    public RoomRouterBuilder ticketIssuer(TicketIssuer value) {
        ticketIssuer = value;
        return this;
    }

    /**
     * Makes public rooms be listed and matched, and seats be counted before anybody connects: every ticket for a room with
     * {@link RoomSpec#maxClients()} then stands for a reserved seat. By default there is no such thing, and whether a room
     * has space turns out at its host.
     *
     * @param value the directory of the same registry
     * @return this
     */
    public RoomRouterBuilder directory(RoomDirectory value) {
        directory = value;
        return this;
    }

    /**
     * Sets who may create and join rooms; by default anyone who is authenticated.
     *
     * @param value the authorizer
     * @return this
     */
    public RoomRouterBuilder authorizer(RoomAuthorizer value) {
        authorizer = value;
        return this;
    }

    /**
     * Sets the clock for deadlines; by default the machine's.
     *
     * @param value the clock
     * @return this
     */
    public RoomRouterBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Sets how long a call may take to place a room; by default 10 s. A scheduler that starts capacity needs more.
     *
     * @param value 10 ms to 10 min
     * @return this
     */
    public RoomRouterBuilder placementTimeout(Duration value) {
        placementTimeout = value;
        return this;
    }

    /**
     * Sets how many hosts are tried for one placement at most; by default 8.
     *
     * @param value 1 to 1,000
     * @return this
     */
    public RoomRouterBuilder maxPlacementAttempts(int value) {
        maxPlacementAttempts = value;
        return this;
    }

    /**
     * Adds somebody who is told what the router does; by default nobody is.
     *
     * @param value the listener; what it throws keeps nothing from the others
     * @return this
     */
    public RoomRouterBuilder listener(RoutingListener value) {
        listeners.add(value);
        return this;
    }

    /**
     * Makes the router.
     *
     * @return the router
     * @throws IllegalStateException if something required is missing
     * @throws IllegalArgumentException if a setting is out of bounds
     */
    public RoomRouter build() {
        Bounds.check("placementTimeout", placementTimeout, Duration.ofMillis(10), Duration.ofMinutes(10));
        Bounds.check("maxPlacementAttempts", maxPlacementAttempts, 1, 1_000);
        return new RoomRouter(this);
    }

    Authenticator authenticator() {
        return required("authenticator", authenticator);
    }

    Scheduler scheduler() {
        return required("scheduler", scheduler);
    }

    RoomRegistry registry() {
        return required("registry", registry);
    }

    TicketIssuer ticketIssuer() {
        return required("ticketIssuer", ticketIssuer);
    }

    private static <T> T required(String setting, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a room router needs: " + setting);
        }
        return value;
    }
}
