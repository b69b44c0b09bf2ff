package io.roomrouting.hms;

import io.roomrouting.RoomId;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Administers the rooms of an app of 100ms. Thread-safe; keeps up to 16 idle connections for a minute.
 *
 * <p>Every method <em>blocks</em> until 100ms has answered, at most for the time-out of the builder, and throws
 * {@link HmsException} when it does not do what was asked. Answers 408, 429 and 500 to 599 and broken connections are tried
 * again with growing, jittered pauses that are not shorter than {@code Retry-After} asks. Every request can be repeated
 * without harm; only the end of a session may be told as 404 when its first answer was lost. A thread that is interrupted
 * makes no further attempt, but waits for the one that is under way; it stays interrupted.
 *
 * <p>Rooms are those of the whole app: nobody is asked here who may do what. {@link OwnedRooms} asks.
 */
public final class HmsClient implements AutoCloseable {

    /** Where 100ms answers. */
    public static final URI DEFAULT_BASE_URL = URI.create("https://api.100ms.live");

    private static final String ROOMS = "rooms";
    private static final String ACTIVE_ROOMS = "active-rooms";

    private final HmsHttp http;
    private final HmsCalls calls;
    private final AnswerReader reader;

    HmsClient(HmsClientBuilder builder) {
        Redaction redaction = new Redaction(builder.tokens.credentials());
        http = new HmsHttp(builder.baseUrl, builder.tokens, builder.time);
        calls = new HmsCalls(builder, http, new HmsErrors(redaction));
        reader = new AnswerReader(redaction);
    }

    /**
     * Makes a client with the defaults of {@link #builder}.
     *
     * @param tokens of the app
     * @return the client
     */
    public static HmsClient of(HmsTokens tokens) {
        return builder(tokens).build();
    }

    /**
     * Starts with an app's tokens and the defaults.
     *
     * @param tokens of the app
     * @return the builder
     */
    public static HmsClientBuilder builder(HmsTokens tokens) {
        return new HmsClientBuilder(tokens);
    }

    /**
     * Creates a room, or changes the one that has this name.
     *
     * @param spec what it shall be like
     * @return the room
     * @throws HmsException if 100ms does not do it
     */
    public HmsRoom createRoom(HmsRoomSpec spec) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", spec.name());
        body.put("description", spec.description());
        spec.templateId().ifPresent(id -> body.put("template_id", id));
        body.put("region", spec.region().wire());
        body.put("size", spec.size());
        HmsAnswer answer = calls.call(HmsRequest.post(body, ROOMS));
        HmsRoom room = reader.room(answer);
        if (!room.name().toLowerCase(Locale.ROOT).equals(spec.name().toLowerCase(Locale.ROOT))) {
            throw another(answer);
        }
        return room;
    }

    /**
     * Looks a room up.
     *
     * @param room its id
     * @return the room
     * @throws HmsException if 100ms does not know it, or does not answer
     */
    public HmsRoom room(RoomId room) {
        HmsAnswer answer = calls.call(HmsRequest.get(ROOMS, room.value()));
        return sameRoom(room, answer);
    }

    /**
     * Opens or shuts a room's door. Whoever is in stays in.
     *
     * @param room its id
     * @param enabled whether anybody can join from now on
     * @return the room as it is now
     * @throws HmsException if 100ms does not do it
     */
    public HmsRoom setEnabled(RoomId room, boolean enabled) {
        HmsAnswer answer = calls.call(HmsRequest.post(Map.of("enabled", enabled), ROOMS, room.value()));
        HmsRoom changed = sameRoom(room, answer);
        if (changed.enabled() != enabled) {
            throw new HmsException.BadAnswer(answer.status(), "100ms did not change the room, and says that it did");
        }
        return changed;
    }

    /**
     * Sends everybody out of a room.
     *
     * @param room its id
     * @param reason what they are told, may be empty
     * @param lock whether the room is disabled as well, so that nobody comes back
     * @throws HmsException if 100ms does not do it; {@link HmsException.Refused} with 404 if nobody is in
     */
    public void endSession(RoomId room, String reason, boolean lock) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("reason", reason);
        body.put("lock", lock);
        reader.confirmation(calls.call(HmsRequest.post(body, ACTIVE_ROOMS, room.value(), "end-room")));
    }

    /**
     * Lists who is in a room now.
     *
     * @param room its id
     * @return in no particular order
     * @throws HmsException if 100ms does not tell; {@link HmsException.Refused} with 404 if it says that nobody is in
     */
    public List<HmsPeer> peers(RoomId room) {
        return reader.peers(calls.call(HmsRequest.get(ACTIVE_ROOMS, room.value(), "peers")));
    }

    /** Closes the idle connections. */
    @Override
    public void close() {
        http.close();
    }

    private HmsRoom sameRoom(RoomId asked, HmsAnswer answer) {
        HmsRoom room = reader.room(answer);
        if (!room.id().equals(asked)) {
            throw another(answer);
        }
        return room;
    }

    /** Who owns a room is told by its name, so one room must never be taken for another. */
    private static HmsException another(HmsAnswer answer) {
        return new HmsException.BadAnswer(answer.status(), "100ms answered with another room");
    }
}
