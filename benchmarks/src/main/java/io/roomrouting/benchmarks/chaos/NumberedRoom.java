package io.roomrouting.benchmarks.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roomrouting.RoutingException;
import io.roomrouting.benchmarks.chaos.check.Message;
import io.roomrouting.session.Event;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A room that counts: gives every message the room's next number, writes it down, tells everybody and confirms it. Its state
 * is that number and the highest number that each sender has used; if it keeps everything, also all messages, and it tells
 * everybody up to which of them its state is safe.
 */
final class NumberedRoom implements RestorableRoom {

    /** What clients send and get. */
    static final String EVENT = "say";

    /** With this a client asks for everything that the room holds. */
    static final String RECITE = "recite";

    /** What clients get when messages are safe. */
    static final String KEPT = "kept";

    private static final Duration TRY_AGAIN = Duration.ofMillis(250);

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Room room;
    private final String host;
    private final HostLog log;
    private final boolean keepsAll;
    private State state = new State(1, new HashMap<>(), new ArrayList<>());
    private long kept;
    private boolean keeping;

    /**
     * What is kept.
     *
     * @param next the number of the next message
     * @param highest the count of each sender
     * @param messages the senders and their counts, in order, if everything is kept
     */
    private record State(long next, Map<String, Long> highest, List<String> messages) {}

    /**
     * Says what is safe.
     *
     * @param room where
     * @param epoch under which ownership
     * @param seq up to which number
     */
    record Safe(String room, long epoch, long seq) {}

    /**
     * Tells everything that the room holds.
     *
     * @param room where
     * @param messages senders and their counts, in order
     */
    record Recital(String room, List<String> messages) {}

    /**
     * What a client says.
     *
     * @param n its own count
     */
    record Saying(long n) {}

    NumberedRoom(Room room, String host, HostLog log, boolean keepsAll) {
        this.room = room;
        this.host = host;
        this.log = log;
        this.keepsAll = keepsAll;
    }

    @Override
    public void onEvent(Session session, Event event) {
        if (event.name().equals(RECITE)) {
            event.reply(new Recital(room.id().value(), state.messages()));
        } else {
            take(session, event);
        }
    }

    private void take(Session session, Event event) {
        long n = event.data(Saying.class).n();
        String from = session.user().value();
        Message message = new Message(room.id().value(), host, room.epoch().value(), state.next(), from, n);
        boolean again = state.highest().getOrDefault(from, 0L) >= n;
        state.highest().merge(from, n, Math::max);
        state = new State(state.next() + 1, state.highest(), state.messages());
        log.accepted(message, again);
        room.broadcast(EVENT, message);
        event.reply(message);
        if (keepsAll) {
            state.messages().add(from + " " + n);
            keep();
        }
    }

    /** One save at a time; what is said meanwhile is kept with the next. */
    private void keep() {
        long last = state.next() - 1;
        if (!keeping && kept < last) {
            keeping = true;
            room.save(() -> keptUpTo(last), this::notKept);
        }
    }

    private void keptUpTo(long last) {
        keeping = false;
        kept = last;
        room.broadcast(KEPT, new Safe(room.id().value(), room.epoch().value(), last));
        keep();
    }

    /** Who owns the room no more has nothing to keep; it is about to close. */
    private void notKept(Exception failure) {
        if (failure instanceof RoutingException.Unavailable) {
            room.schedule(TRY_AGAIN, () -> {
                keeping = false;
                keep();
            });
        }
    }

    @Override
    public byte[] snapshot() {
        try {
            return JSON.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void restore(byte[] bytes) {
        try {
            state = JSON.readValue(bytes, State.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kept = state.next() - 1;
    }
}
