package io.roomrouting.benchmarks.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roomrouting.benchmarks.chaos.check.Message;
import io.roomrouting.session.Event;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A room that counts: gives every message the room's next number, writes it down, tells everybody and confirms it. Its state
 * is that number and the highest number that each sender has used.
 */
final class NumberedRoom implements RestorableRoom {

    /** What clients send and get. */
    static final String EVENT = "say";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Room room;
    private final String host;
    private final HostLog log;
    private final EpochWatch epochs;
    private State state = new State(1, new HashMap<>());

    /** What is kept. */
    private record State(long next, Map<String, Long> highest) {}

    /**
     * What a client says.
     *
     * @param n its own count
     */
    record Saying(long n) {}

    NumberedRoom(Room room, String host, HostLog log, EpochWatch epochs) {
        this.room = room;
        this.host = host;
        this.log = log;
        this.epochs = epochs;
    }

    @Override
    public void onEvent(Session session, Event event) {
        long n = event.data(Saying.class).n();
        String from = session.user().value();
        Message message = new Message(room.id().value(), host, epochs.of(room.id()), state.next(), from, n);
        boolean again = state.highest().getOrDefault(from, 0L) >= n;
        state.highest().merge(from, n, Math::max);
        state = new State(state.next() + 1, state.highest());
        log.accepted(message, again);
        room.broadcast(EVENT, message);
        event.reply(message);
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
    }
}
