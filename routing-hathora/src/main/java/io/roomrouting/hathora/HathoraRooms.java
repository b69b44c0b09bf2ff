package io.roomrouting.hathora;

import io.roomrouting.Deadline;
import io.roomrouting.RoomId;
import io.roomrouting.TimeSource;
import io.roomrouting.spi.Backoff;
import io.roomrouting.spi.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The rooms of one application at Hathora: what its API can do, as blocking calls.
 *
 * <p>Thread-safe. A call returns by its deadline: it repeats what may be over soon, waits as long as {@code Retry-After} asks
 * if there is that much time, and gives up at once while Hathora fails again and again. Interrupting the thread ends the
 * call. All methods throw {@link io.roomrouting.RoutingException.Unavailable} with
 * {@link io.roomrouting.ErrorCode#SCHEDULER_UNAVAILABLE} when there is no answer in time or Hathora refuses (a wrong token or
 * an unpaid account is told in the log): try again later. Only Hathora's own word for it makes a room unknown.
 *
 * <p>The token is in no log, message or {@code toString}.
 */
public final class HathoraRooms implements AutoCloseable {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), 2);
    private static final int FAILURES_TO_OPEN = 20;
    private static final Duration OPEN_TIME = Duration.ofSeconds(5);

    private final PatientCalls calls;
    private final TimeSource time;
    private final RandomGenerator random;
    private final String application;
    private final Optional<String> deployment;

    HathoraRooms(HathoraRoomsBuilder builder) {
        this.deployment = builder.deployment;
        this.application = builder.appId + " at " + builder.baseUrl;
        this.time = builder.time;
        this.random = builder.random;
        this.calls = new PatientCalls(
                new HttpCalls(builder.baseUrl, builder.appId, builder.token),
                builder.time,
                builder.random,
                builder.attemptTimeout,
                BACKOFF,
                new CircuitBreaker(builder.time, FAILURES_TO_OPEN, OPEN_TIME));
    }

    /**
     * Starts to describe the access to an application's rooms.
     *
     * @param appId the application, 1 to 100 letters, digits, hyphens and underscores
     * @param token its secret
     * @return a builder
     */
    public static HathoraRoomsBuilder builder(String appId, String token) {
        return new HathoraRoomsBuilder(appId, token);
    }

    /**
     * Makes a room, or finds that it is there: of one id there is one room, however often this is called.
     *
     * @param room the room
     * @param region where its process shall run
     * @param config a text that Hathora keeps with the room and hands to its process
     * @param deadline when the answer must be there
     * @return the id of the process that the room is on; it may still have to start
     */
    public String create(RoomId room, HathoraRegion region, Optional<String> config, Deadline deadline) {
        ApiCall call = ApiCall.create(room, Answers.createBody(region, config, deployment));
        return calls.ask(
                call,
                deadline,
                reply -> reply.status() == CREATED || reply.status() == OK
                        ? Optional.of(Answers.processOf(reply, room))
                        : Optional.empty());
    }

    /**
     * Asks how to connect to a room.
     *
     * @param room the room
     * @param deadline when the answer must be there
     * @return where it is, or that it starts; empty if Hathora knows no such room
     */
    public Optional<RoomWhereabouts> whereabouts(RoomId room, Deadline deadline) {
        return calls.ask(
                ApiCall.get("connectioninfo", room), deadline, orUnknown(reply -> Answers.whereabouts(reply, room)));
    }

    /**
     * Asks for a room's status.
     *
     * @param room the room
     * @param deadline when the answer must be there
     * @return what Hathora says of it; empty if it knows no such room
     */
    public Optional<HathoraRoom> find(RoomId room, Deadline deadline) {
        return calls.ask(ApiCall.get("info", room), deadline, orUnknown(reply -> Answers.room(reply, room)));
    }

    /**
     * Puts a room that has lost its process on another one. Does nothing to a room that has a process.
     *
     * @param room the room
     * @param deadline when the answer must be there
     * @return false if Hathora knows no such room
     */
    public boolean resume(RoomId room, Deadline deadline) {
        return calls.ask(ApiCall.post("resume", room), deadline, reply -> switch (reply.status()) {
            case OK, NO_CONTENT -> Optional.of(true);
            case NOT_FOUND -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /**
     * Ends a room. Calling it for a room that has ended, or never was, does nothing.
     *
     * @param room the room
     * @param deadline when the answer must be there
     */
    public void destroy(RoomId room, Deadline deadline) {
        calls.ask(ApiCall.post("destroy", room), deadline, reply -> switch (reply.status()) {
            case OK, NO_CONTENT, NOT_FOUND -> Optional.of(true);
            default -> Optional.empty();
        });
    }

    /** Waits on the caller's thread, between two questions. */
    void pause(Duration wait) {
        calls.pause(wait);
    }

    TimeSource time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    @Override
    public String toString() {
        return "HathoraRooms[" + application + "]";
    }

    /** Ends the calls under way and closes the connections. */
    @Override
    public void close() {
        calls.close();
    }

    /** Reads a body that makes sense. */
    @FunctionalInterface
    private interface BodyReader<T> {
        T read(ApiReply reply) throws MalformedAnswer;
    }

    private static <T> PatientCalls.Reader<Optional<T>> orUnknown(BodyReader<? extends T> reader) {
        return reply -> switch (reply.status()) {
            case OK -> Optional.of(Optional.of(reader.read(reply)));
            case NOT_FOUND -> Optional.of(Optional.empty());
            default -> Optional.empty();
        };
    }
}
