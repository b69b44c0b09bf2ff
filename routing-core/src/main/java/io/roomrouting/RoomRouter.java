package io.roomrouting;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
 *
 * <p>A router {@link #correlated} with an id does the same and shares everything with the one it was made from; what is
 * logged during its calls and in the rooms that its routes lead to carries the id.
 */
public final class RoomRouter {

    private static final int ROUNDS = 3;

    private final Authenticator authenticator;
    private final RoomAuthorizer authorizer;
    private final RoomRegistry registry;
    private final TicketIssuer tickets;
    private final TimeSource time;
    private final Duration placementTimeout;
    private final Seating seating;
    private final @Nullable Matchmaker matchmaker;
    private final boolean mayBlock;
    private final Optional<CorrelationId> correlation;

    RoomRouter(RoomRouterBuilder builder) {
        authenticator = builder.authenticator();
        authorizer = builder.authorizer;
        registry = builder.registry();
        tickets = builder.ticketIssuer();
        time = builder.time;
        placementTimeout = builder.placementTimeout;
        Scheduler scheduler = builder.scheduler();
        RoomDirectory directory = builder.directory;
        SharedPlacements placements = new SharedPlacements(
                time,
                registry,
                new Placer(
                        registry,
                        scheduler,
                        builder.maxPlacementAttempts,
                        new GuardedRoutingListener(builder.listeners)));
        seating = new Seating(registry, placements, directory);
        matchmaker = directory == null ? null : new Matchmaker(time, registry, directory, authorizer, seating);
        mayBlock = authenticator.mayBlock()
                || authorizer.mayBlock()
                || registry.mayBlock()
                || scheduler.mayBlock()
                || (directory != null && directory.mayBlock());
        correlation = Optional.empty();
    }

    private RoomRouter(RoomRouter shared, CorrelationId id) {
        authenticator = shared.authenticator;
        authorizer = shared.authorizer;
        registry = shared.registry;
        tickets = shared.tickets;
        time = shared.time;
        placementTimeout = shared.placementTimeout;
        seating = shared.seating;
        matchmaker = shared.matchmaker;
        mayBlock = shared.mayBlock;
        correlation = Optional.of(id);
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
     * Returns this router for the calls of one look-up. Its tickets carry the id to the host, and the log lines of the threads
     * that call it carry it as {@value CorrelationId#MDC_KEY} meanwhile: those of a shared placement too, if this call is the
     * one that places. Costs next to nothing: make one per request.
     *
     * @param id what the look-up is called in the logs
     * @return the same router under the id
     */
    public RoomRouter correlated(CorrelationId id) {
        return new RoomRouter(this, id);
    }

    /**
     * Checks a token.
     *
     * @param token what the client presented, without the {@code Bearer} prefix
     * @return who it stands for
     * @throws RoutingException.Unauthenticated if it is not valid
     */
    public Identity authenticate(String token) {
        return named(() -> authenticator.authenticate(token));
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
        return named(() -> {
            RoomId room = RoomId.random();
            authorizer.authorize(identity, RoomAuthorizer.Action.CREATE, room);
            Deadline deadline = Deadline.in(time, placementTimeout);
            registry.create(room, spec);
            return seating.seatInNew(room, Set.of(identity.user()), deadline)
                    .map(seated -> route(identity, seated))
                    .orElseThrow(() -> notFound(room));
        });
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
     *     expired, and with a {@link RoomRouterBuilder#directory} also with {@link ErrorCode#ROOM_FULL} or
     *     {@link ErrorCode#ROOM_LOCKED}
     * @throws RoutingException.Unavailable if no host can take the room now, or something needed is out of reach
     */
    public Route find(RoomId room, Identity identity) {
        return named(() -> {
            authorizer.authorize(identity, RoomAuthorizer.Action.JOIN, room);
            return seating.seat(room, Set.of(identity.user()), Deadline.in(time, placementTimeout))
                    .map(seated -> route(identity, seated))
                    .orElseThrow(() -> notFound(room));
        });
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
     * @throws RoutingException.RoomRefused with a {@link RoomRouterBuilder#directory}, with {@link ErrorCode#ROOM_FULL} or
     *     {@link ErrorCode#ROOM_LOCKED}
     * @throws RoutingException.Unavailable if no host can take the room now, or something needed is out of reach
     */
    public Route findOrStart(RoomId room, RoomSpec spec, Identity identity) {
        return named(() -> route(identity, foundOrStarted(room, spec, identity)));
    }

    private SeatResult.Reserved foundOrStarted(RoomId room, RoomSpec spec, Identity identity) {
        authorizer.authorize(identity, RoomAuthorizer.Action.JOIN, room);
        Deadline deadline = Deadline.in(time, placementTimeout);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<SeatResult.Reserved> seated = seating.seat(room, Set.of(identity.user()), deadline);
            if (seated.isEmpty()) {
                start(room, spec, identity);
                seated = seating.seatInNew(room, Set.of(identity.user()), deadline);
            }
            if (seated.isPresent()) {
                return seated.get();
            }
            // It was closed between the two steps.
        }
        throw RoutingException.unavailable(
                ErrorCode.OVERLOADED, "the room is being closed again and again", Duration.ofSeconds(1));
    }

    private void start(RoomId room, RoomSpec spec, Identity identity) {
        authorizer.authorize(identity, RoomAuthorizer.Action.CREATE, room);
        registry.ensure(room, spec);
    }

    // Lobby

    /**
     * Says whether the router has a {@link RoomRouterBuilder#directory}, which {@link #list} and {@link #match} need.
     *
     * @return true if it has
     */
    public boolean hasDirectory() {
        return matchmaker != null;
    }

    /**
     * Lists public rooms, for whoever is authenticated. What a user may not join is in the list, too.
     *
     * @param query which rooms and which page
     * @return the page
     * @throws IllegalStateException if the router has no directory
     * @throws RoutingException.Unavailable if the registry is out of reach
     */
    public RoomPage list(RoomQuery query) {
        return named(() -> lobby().directory().list(query));
    }

    /**
     * Finds a public room with a free seat for everybody in a group, or makes one, and reserves all the seats for
     * {@value Ticket#MAX_LIFE_SECONDS} seconds and a little more. The others of the group look the room up under their own
     * login and get the seats that are kept for them; nobody gets a ticket for somebody else. Needs
     * {@link RoomAuthorizer.Action#JOIN} for the room that is found (those that the identity may not join are passed over), and
     * {@link RoomAuthorizer.Action#CREATE} where one is made. Callers who want the same at once share one new room as long as
     * it has seats.
     *
     * @param identity who asks
     * @param spec the wishes for a new room; an existing one must have this type, the region and the limit if they are given,
     *     and all of this metadata
     * @param group the other users, at most 99; may be empty
     * @return the way into the room for who asks
     * @throws IllegalStateException if the router has no directory
     * @throws RoutingException.InvalidRequest if the group is too large
     * @throws RoutingException.Forbidden if there is no such room and the identity may not make one
     * @throws RoutingException.Unavailable if no host can take a new room now, or something needed is out of reach
     */
    public Route match(Identity identity, RoomSpec spec, Set<UserId> group) {
        return named(() -> route(identity, lobby().match(identity, spec, group, Deadline.in(time, placementTimeout))));
    }

    private Matchmaker lobby() {
        if (matchmaker == null) {
            throw new IllegalStateException("a room router lists and matches only with a directory");
        }
        return matchmaker;
    }

    /**
     * Says whether a call can wait for something outside this process.
     *
     * @return false only if none of the authenticator, the authorizer, the registry, the directory and the scheduler ever
     *     does; then the router may be called on threads that must not block
     */
    public boolean mayBlock() {
        return mayBlock;
    }

    private Route route(Identity identity, SeatResult.Reserved seated) {
        RoomRecord owned = seated.room();
        RoomAssignment assignment = owned.assignment().orElseThrow();
        Optional<RoomSeat> seat = Optional.ofNullable(seated.seats().get(identity.user()));
        IssuedTicket ticket = tickets.issue(identity, assignment, owned.spec(), seat, correlation);
        return new Route(owned.room(), assignment.address(), ticket.token(), ticket.expiresAt());
    }

    /** A router without an id leaves the thread's log lines as they are. */
    private <T> T named(CorrelationId.Work<T, RuntimeException> call) {
        return correlation.isPresent() ? CorrelationId.during(correlation, call) : call.run();
    }

    private static RoutingException notFound(RoomId room) {
        return RoutingException.roomRefused(ErrorCode.ROOM_NOT_FOUND, "there is no room " + room);
    }
}
