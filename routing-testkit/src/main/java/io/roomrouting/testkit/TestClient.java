package io.roomrouting.testkit;

import io.roomrouting.Identity;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.Payload;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.spi.Welcome;
import io.roomrouting.testkit.RecordingConnection.Closing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One client in a {@link RoomTester}: says things, and is asked what it heard.
 *
 * <p>What it hears is looked at in order, message by message; replies are looked at through the {@link TestReply} that
 * {@link #sendForReply} returned. Every expectation that is not met fails with everything that this client saw. For the
 * test's thread only.
 */
public final class TestClient {

    private final RoomTester room;
    private final Identity identity;
    private final String name;
    private RecordingConnection connection;
    private final RecordingFormat format;
    private final Deque<RecordedMessage> unread = new ArrayDeque<>();
    private final Map<Long, RecordedMessage> answers = new LinkedHashMap<>();
    private int pulled;
    private long lastReplyId;
    private long received;
    private boolean closingSeen;

    TestClient(
            RoomTester room, Identity identity, String name, RecordingConnection connection, RecordingFormat format) {
        this.room = room;
        this.identity = identity;
        this.name = name;
        this.connection = connection;
        this.format = format;
    }

    /**
     * Says something.
     *
     * @param event the event's name
     * @param arguments its arguments
     * @throws AssertionError if the session has ended
     */
    public void send(String event, @Nullable Object... arguments) {
        say(event, InboundEvent.NO_REPLY, arguments);
    }

    /**
     * Says something and asks for a reply.
     *
     * @param event the event's name
     * @param arguments its arguments
     * @return the reply, perhaps still to come
     * @throws AssertionError if the session has ended
     */
    public TestReply sendForReply(String event, @Nullable Object... arguments) {
        long replyId = ++lastReplyId;
        say(event, replyId, arguments);
        return new TestReply(this, event, replyId);
    }

    private void say(String event, long replyId, @Nullable Object... arguments) {
        List<Payload> payloads = Arrays.stream(arguments).map(format::payload).toList();
        List<Delivery> deliveries = connection.send(new InboundEvent(event, payloads, replyId));
        if (deliveries.contains(Delivery.CLOSED)) {
            throw failure("cannot send \"" + event + "\": the session has ended");
        }
    }

    /**
     * Looks at the next message, which must be this event.
     *
     * @param event the event's name
     * @return the event
     * @throws AssertionError if there is no message left, or another one is next
     */
    public RecordedMessage.Event expect(String event) {
        pull();
        if (unread.peek() instanceof RecordedMessage.Event next && next.name().equals(event)) {
            unread.remove();
            return next;
        }
        throw failure("expected \"" + event + "\"" + insteadOfNext());
    }

    /**
     * Looks at the next message, which must be a refusal of an event that asked for no reply.
     *
     * @param code for example {@code INVALID_REQUEST}
     * @return the detail, one line for people
     * @throws AssertionError if there is no message left, or another one is next
     */
    public String expectError(String code) {
        pull();
        if (unread.peek() instanceof RecordedMessage.Failure next && next.code().equals(code)) {
            unread.remove();
            return next.detail();
        }
        throw failure("expected the error " + code + insteadOfNext());
    }

    private String insteadOfNext() {
        return unread.isEmpty() ? ", but there is nothing more" : ", but the next is: " + unread.peek();
    }

    /**
     * Looks at the end of the session, which the room's side must have brought about.
     *
     * @param reason what the client was told
     * @return how long it was told to wait before it looks the room up again; zero for no wish
     * @throws AssertionError if the session goes on, or ended otherwise
     */
    public Duration expectClosed(LeaveReason reason) {
        Closing closing = connection
                .closing()
                .orElseThrow(() -> failure("expected to be closed by " + reason
                        + (connection.isOpen() ? ", but the session goes on" : ", but left by itself")));
        if (closing.reason() != reason) {
            throw failure("expected to be closed by " + reason + ", but it was " + closing.reason());
        }
        closingSeen = true;
        return closing.retryAfter();
    }

    /**
     * Fails if the client has heard something that was not looked at.
     *
     * @throws AssertionError if there is a message, a reply or an end that no expectation looked at
     */
    public void expectNothing() {
        List<String> left = leftOver();
        if (!left.isEmpty()) {
            throw failure("expected nothing more, but there is: " + String.join("; ", left));
        }
    }

    /** Passes over everything that the client has heard so far. */
    public void skipAll() {
        pull();
        unread.clear();
        answers.clear();
        closingSeen = connection.closing().isPresent();
    }

    /** Says goodbye. */
    public void leave() {
        connection.end(LeaveReason.LEFT);
    }

    /** Loses the connection. */
    public void loseConnection() {
        connection.end(LeaveReason.CONNECTION_LOST);
    }

    /**
     * Comes back to the seat, after a lost connection, a hand-over or a crash; as a newcomer if the seat is gone, or
     * something was missed that is gone. What was missed is looked at like everything else.
     *
     * @return whether it is the same session and nothing was missed
     * @throws AssertionError if the client had no seat, or is refused
     */
    public boolean comeBack() {
        pull();
        String token = connection
                .seat()
                .orElseThrow(() -> failure("has no seat to come back to"))
                .token();
        RecordingConnection next = room.knock(identity, Optional.of(new SeatRequest.Back(token, received)));
        next.refusal().ifPresent(refusal -> {
            throw failure("was refused on coming back: " + refusal.code());
        });
        connection = next;
        pulled = 0;
        closingSeen = false;
        boolean resumed = next.seat().map(Welcome.Seat::resumed).orElse(false);
        if (!resumed) {
            received = 0;
        }
        return resumed;
    }

    /** The host is gone, and cannot be told that the connection has ended. */
    void vanish() {
        connection.vanish();
    }

    /** Stops reading: from now on no message finds space in its outbound queue. */
    public void stopReading() {
        connection.stopReading();
    }

    /** Reads again. */
    public void resumeReading() {
        connection.resumeReading();
    }

    /**
     * Says whether the client is in the room.
     *
     * @return false once the session has ended
     */
    public boolean isIn() {
        return connection.isOpen();
    }

    /**
     * Returns the session's public name.
     *
     * @return as {@link io.roomrouting.session.Session#id()}
     */
    public String sessionId() {
        return connection.sessionId().orElseThrow();
    }

    /** Takes the answer to an event, if it has come. */
    @Nullable RecordedMessage takeAnswer(long replyId) {
        pull();
        return answers.remove(replyId);
    }

    /** Shows what the client saw; an asterisk marks what was not looked at. */
    @Override
    public String toString() {
        pull();
        return "What " + name + " saw (* not looked at):\n"
                + connection.transcript().show(message -> isUnread(message));
    }

    /** What was not looked at, one line each. */
    List<String> leftOver() {
        pull();
        Stream<String> messages =
                Stream.concat(unread.stream(), answers.values().stream()).map(Object::toString);
        Stream<String> end = connection.closing().filter(closing -> !closingSeen).stream()
                .map(closing -> "closed by " + closing.reason());
        return Stream.concat(messages, end).map(what -> name + ": " + what).toList();
    }

    AssertionError failure(String what) {
        return new AssertionError(name + " " + what + "\n" + this);
    }

    private boolean isUnread(RecordedMessage message) {
        return Stream.concat(unread.stream(), answers.values().stream()).anyMatch(left -> left == message);
    }

    private void pull() {
        List<RecordedMessage> news = connection.receivedSince(pulled);
        pulled += news.size();
        received += news.size();
        for (RecordedMessage message : news) {
            if (message instanceof RecordedMessage.Reply reply) {
                answers.put(reply.replyId(), reply);
            } else if (message instanceof RecordedMessage.Failure failure
                    && failure.replyId() != InboundEvent.NO_REPLY) {
                answers.put(failure.replyId(), failure);
            } else if (message instanceof RecordedMessage.Acknowledgement) {
                received--;
            } else {
                unread.add(message);
            }
        }
    }
}
