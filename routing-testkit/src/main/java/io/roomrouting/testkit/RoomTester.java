package io.roomrouting.testkit;

import io.roomrouting.ErrorCode;
import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.RoomHandlerFactory;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionHost;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.spi.SeatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tests a room's code with no server: named clients, a time that moves by hand, and a check that nothing unexpected was
 * left over.
 *
 * <pre>{@code
 * try (RoomTester room = RoomTester.open(ChatRoom::new)) {
 *     TestClient alice = room.join("alice");
 *     TestClient bob = room.join("bob");
 *     alice.expect("user_joined");
 *     bob.send("send_message", new SendMessage("hi"));
 *     alice.expect("new_message").data(NewMessage.class);
 *     bob.expect("new_message");
 * }
 * }</pre>
 *
 * <p>The room runs on a real {@link SessionHost}: limits, policies, order, presence and timers are those of production.
 * Everything happens on the calling thread, before the call that caused it returns; there is no other thread. What the
 * room offloads runs at once too, unless {@link #holdOffloaded()} was called. For the test's thread only.
 */
public final class RoomTester implements AutoCloseable {

    private final RecordingFormat format;
    private final ManualTime time;
    private final long start;
    private final RoomWatch watch = new RoomWatch();
    private final OffloadedWork offloaded = new OffloadedWork();
    private final RoomUnderTest room;
    private final List<TestClient> clients = new ArrayList<>();
    private final Map<UserId, Integer> sessions = new HashMap<>();

    RoomTester(
            RoomHandlerFactory factory,
            RoomId id,
            RoomSpec spec,
            RoomSettings settings,
            SessionLimits limits,
            RecordingFormat format,
            ManualTime time) {
        this.format = format;
        this.time = time;
        this.start = time.nanoTime();
        this.room = new RoomUnderTest(factory, id, spec, settings, limits, format, time, offloaded, watch);
    }

    /**
     * Tests a room with default settings.
     *
     * @param factory makes the room's handler
     * @return the tester
     */
    public static RoomTester open(RoomHandlerFactory factory) {
        return builder(factory).open();
    }

    /**
     * Starts to describe a test of a room.
     *
     * @param factory makes the room's handler
     * @return a builder
     */
    public static RoomTesterBuilder builder(RoomHandlerFactory factory) {
        return new RoomTesterBuilder(factory);
    }

    /**
     * Lets a user in. A user may come several times; the second session is called {@code alice/2} in failures.
     *
     * @param user the user's name
     * @return the client
     * @throws AssertionError if the user is refused
     */
    public TestClient join(String user) {
        return join(Identity.of(user));
    }

    /**
     * Lets somebody in.
     *
     * @param identity who
     * @return the client
     * @throws AssertionError if the user is refused
     */
    public TestClient join(Identity identity) {
        return join(identity, Optional.empty());
    }

    /**
     * Lets a user in who can come back: when its connection breaks its seat is kept for a while, and
     * {@link TestClient#comeBack} returns to it.
     *
     * @param user the user's name
     * @return the client
     * @throws AssertionError if the user is refused
     */
    public TestClient joinWithSeat(String user) {
        return join(Identity.of(user), Optional.of(new SeatRequest.New()));
    }

    private TestClient join(Identity identity, Optional<SeatRequest> seat) {
        try {
            RecordingConnection connection = knock(identity, seat);
            connection.refusal().ifPresent(refusal -> {
                throw refusal;
            });
            TestClient client = new TestClient(this, identity, nameOf(identity.user()), connection, format);
            clients.add(client);
            return client;
        } catch (RoutingException e) {
            throw new AssertionError(identity.user() + " was refused: " + e.code() + " (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Knocks for a user who must be refused.
     *
     * @param user the user's name
     * @return why the user is refused; {@link ErrorCode#ROOM_NOT_FOUND} once the room has closed for good
     * @throws AssertionError if the user is let in
     */
    public ErrorCode joinRefused(String user) {
        try {
            RecordingConnection connection = knock(Identity.of(user), Optional.empty());
            return connection
                    .refusal()
                    .orElseThrow(() -> new AssertionError(user + " was let in"))
                    .code();
        } catch (RoutingException e) {
            return e.code();
        }
    }

    RecordingConnection knock(Identity identity, Optional<SeatRequest> seat) {
        return RecordingConnection.open(
                room.host(), room.admission(identity, seat), format, new Transcript(time, start));
    }

    /**
     * Moves the room to another host, as when its host drains: a {@link io.roomrouting.session.RestorableRoom} is handed
     * over, and who has a seat may {@link TestClient#comeBack}; otherwise the room ends here. It opens at the next host
     * when somebody comes.
     */
    public void handOver() {
        room.handOver();
    }

    /**
     * Lets the room's host vanish without a word, with what has not been saved: the connections break, and no callback
     * runs any more. The room opens at the next host when somebody comes.
     */
    public void crash() {
        clients.forEach(TestClient::vanish);
        room.crash();
    }

    /**
     * Returns what a lobby shows of the room: its clients, its metadata, whether it is locked. As in production it is known at
     * most a second later; {@link #advance} first.
     *
     * @return empty unless the room is public and open
     */
    public Optional<RoomListing> listing() {
        return room.listing();
    }

    private String nameOf(UserId user) {
        int number = sessions.merge(user, 1, Integer::sum);
        return number == 1 ? user.value() : user + "/" + number;
    }

    /**
     * Moves time; the timers that come due on the way run in their order.
     *
     * @param duration how far
     */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /**
     * Returns the time that this room lives in.
     *
     * @return to be read, or moved like {@link #advance}
     */
    public ManualTime time() {
        return time;
    }

    /** From now on, what the room offloads waits for {@link #runOffloaded()}. */
    public void holdOffloaded() {
        offloaded.hold();
    }

    /**
     * Runs the offloaded work that waits now, in the order in which it was offloaded.
     *
     * @return how many pieces of work ran
     */
    public int runOffloaded() {
        return offloaded.runHeld();
    }

    /**
     * Returns why the room closed.
     *
     * @return the reason; empty while the room is open, or was never opened
     */
    public Optional<CloseReason> closed() {
        return watch.closed();
    }

    /**
     * Looks at the oldest fault of the room's code, which must be of this type; faults that are not looked at fail
     * {@link #expectNothingElse()}.
     *
     * @param type what the code must have thrown
     * @param <T> the type
     * @return what it threw
     * @throws AssertionError if there was no fault, or another one
     */
    public <T extends Throwable> T expectFault(Class<T> type) {
        RoomWatch.Fault fault = watch.takeFault()
                .orElseThrow(() -> new AssertionError("expected that the room throws a " + type.getName()));
        if (!type.isInstance(fault.thrown())) {
            throw new AssertionError(
                    "expected that the room throws a " + type.getName() + ", but " + fault.callback()
                            + " threw another",
                    fault.thrown());
        }
        return type.cast(fault.thrown());
    }

    /**
     * Fails if something is left over: a message, a reply or an end that no expectation looked at, a fault or slowness of
     * the room's code, or offloaded work that has not run.
     *
     * @throws AssertionError if there is any of it; shows what the clients concerned saw
     */
    public void expectNothingElse() {
        List<String> left = Stream.of(
                        clients.stream().flatMap(client -> client.leftOver().stream()),
                        watch.leftOver().stream(),
                        Stream.of(offloaded.waiting() + " pieces of offloaded work wait")
                                .filter(line -> offloaded.waiting() > 0))
                .flatMap(lines -> lines)
                .toList();
        if (!left.isEmpty()) {
            throw leftOver(left);
        }
    }

    private AssertionError leftOver(List<String> left) {
        StringBuilder text = new StringBuilder("left over:\n");
        left.forEach(line -> text.append("  ").append(line).append('\n'));
        clients.stream().filter(client -> !client.leftOver().isEmpty()).forEach(text::append);
        AssertionError error = new AssertionError(text.toString());
        watch.thrown().forEach(error::addSuppressed);
        return error;
    }

    /**
     * Ends the test: checks {@link #expectNothingElse()}, closes the room, and checks that its code did not fail while
     * closing.
     *
     * @throws AssertionError if something is left over
     */
    @Override
    public void close() {
        try {
            expectNothingElse();
        } finally {
            room.host().close();
        }
        if (!watch.leftOver().isEmpty()) {
            throw leftOver(watch.leftOver());
        }
    }
}
