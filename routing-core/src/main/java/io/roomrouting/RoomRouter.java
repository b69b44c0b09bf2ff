package io.roomrouting;

import java.time.Duration;
import java.util.Optional;

/**
 * Answers "where is this room": finds the room or makes it, has it placed on a host if it has no living one, and gives
 * the caller a ticket for that host.
 *
 * <p>Thread-safe, keeps nothing between calls, and starts no thread. Calls take at most about
 * {@link RoomRouterBuilder#placementTimeout} if the seams keep their deadlines; they wait for something outside this
 * process only if {@link #mayBlock()} says so. Concurrent calls for one room share one placement.
 *
 * <p>Every refusal is a {@link RoutingException} that says what to do next. What else a seam throws is a fault in it and
 * reaches the caller as it is.
 */
public final class RoomRouter {

    private static final int ROUNDS = 3;

    private final Authenticator authenticator;
    private final RoomAuthorizer authorizer;
    private final RoomRegistry registry;
    private final TicketIssuer tickets;
    private final TimeSource time;
    private final Duration placementTimeout;
    private final SharedPlacements placements;
    private final boolean mayBlock;

    RoomRouter(RoomRouterBuilder builder) {
        authenticator = builder.authenticator();
        authorizer = builder.authorizer;
        registry = builder.registry();
        tickets = builder.ticketIssuer();
        time = builder.time;
        placementTimeout = builder.placementTimeout;
        Scheduler scheduler = builder.scheduler();
        placements = new SharedPlacements(
                time,
                registry,
                new Placer(
                        registry,
                        scheduler,
                        builder.maxPlacementAttempts,
                        new GuardedRoutingListener(builder.listener)));
        mayBlock = authenticator.mayBlock() || authorizer.mayBlock() || registry.mayBlock() || scheduler.mayBlock();
    }

    /**
     * Starts to describe a router.
     *
     * @return a builder
     */
    public static RoomRouterBuilder builder() {
        return new RoomRouterBuilder();
    }

    /**
     * Checks a token.
     *
     * @param token what the client presented, without the {@code Bearer} prefix
     * @return who it stands for
     * @throws RoutingException.Unauthenticated if it is not valid
     */
    public Identity authenticate(String token) {
        return authenticator.authenticate(token);
    }

    /**
     * Makes a room under an id that nobody can guess, and places it. Needs {@link RoomAuthorizer.Action#CREATE}.
     *
     * @param identity who asks
     * @param spec the room's wishes
     * @return the way into the room
     * @throws RoutingException.Forbidden if the identity may not create rooms
     * @throws RoutingException.Unavailable if no host can take the room now, or something needed is out of reach
     */
    public Route create(Identity identity, RoomSpec spec) {
        RoomId room = RoomId.random();
        authorizer.authorize(identity, RoomAuthorizer.Action.CREATE, room);
        Deadline deadline = Deadline.in(time, placementTimeout);
        registry.create(room, spec);
        return placements
                .owned(room, deadline)
                .map(owned -> route(identity, owned))
                .orElseThrow(() -> notFound(room));
    }

    /**
     * Finds a room; if its owner has died or given it back, it is placed again. Needs
     * {@link RoomAuthorizer.Action#JOIN}.
     *
     * @param room the room
     * @param identity who asks
     * @return the way into the room
     * @throws RoutingException.Forbidden if the identity may not join this room
     * @throws RoutingException.RoomRefused with {@link ErrorCode#ROOM_NOT_FOUND} if it never existed, was closed or has
     *     expired
     * @throws RoutingException.Unavailable if no host can take the room now, or something needed is out of reach
     */
    public Route find(RoomId room, Identity identity) {
        authorizer.authorize(identity, RoomAuthorizer.Action.JOIN, room);
        RoomRecord known = registry.find(room).orElseThrow(() -> notFound(room));
        return owned(known, Deadline.in(time, placementTimeout))
                .map(owned -> route(identity, owned))
                .orElseThrow(() -> notFound(room));
    }

    /**
     * Finds a room as {@link #find} does, and makes it if it is unknown. Needs {@link RoomAuthorizer.Action#JOIN}, and
     * {@link RoomAuthorizer.Action#CREATE} where the room is made.
     *
     * @param room the room
     * @param spec the wishes for a room that does not exist
     * @param identity who asks
     * @return the way into the room
     * @throws RoutingException.Forbidden if the identity may not join this room, or not make it
     * @throws RoutingException.Unavailable if no host can take the room now, or something needed is out of reach
     */
    public Route findOrStart(RoomId room, RoomSpec spec, Identity identity) {
        authorizer.authorize(identity, RoomAuthorizer.Action.JOIN, room);
        Deadline deadline = Deadline.in(time, placementTimeout);
        for (int round = 0; round < ROUNDS; round++) {
            RoomRecord known = registry.find(room).orElseGet(() -> start(room, spec, identity));
            Optional<RoomRecord> owned = owned(known, deadline);
            if (owned.isPresent()) {
                return route(identity, owned.get());
            }
            // It was closed between the two steps.
        }
        throw RoutingException.unavailable(
                ErrorCode.OVERLOADED, "the room is being closed again and again", Duration.ofSeconds(1));
    }

    private RoomRecord start(RoomId room, RoomSpec spec, Identity identity) {
        authorizer.authorize(identity, RoomAuthorizer.Action.CREATE, room);
        return registry.ensure(room, spec);
    }

    private Optional<RoomRecord> owned(RoomRecord known, Deadline deadline) {
        return known.assignment().isPresent() ? Optional.of(known) : placements.owned(known.room(), deadline);
    }

    /**
     * Says whether a call can wait for something outside this process.
     *
     * @return false only if none of the authenticator, the authorizer, the registry and the scheduler ever does; then
     *     the router may be called on threads that must not block
     */
    public boolean mayBlock() {
        return mayBlock;
    }

    private Route route(Identity identity, RoomRecord owned) {
        RoomAssignment assignment = owned.assignment().orElseThrow();
        IssuedTicket ticket = tickets.issue(identity, assignment, owned.spec());
        return new Route(owned.room(), assignment.address(), ticket.token(), ticket.expiresAt());
    }

    private static RoutingException notFound(RoomId room) {
        return RoutingException.roomRefused(ErrorCode.ROOM_NOT_FOUND, "there is no room " + room);
    }
}
