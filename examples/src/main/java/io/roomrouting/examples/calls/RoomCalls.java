package io.roomrouting.examples.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.examples.calls.CallReply.Done;
import io.roomrouting.examples.calls.CallReply.Nothing;
import io.roomrouting.examples.calls.CallReply.Refused;
import io.roomrouting.session.Event;
import io.roomrouting.session.Room;
import io.roomrouting.session.Session;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Video calls between the users of a room: passes on what their browsers have to tell each other (WebRTC signalling).
 *
 * <table>
 *   <caption>Events</caption>
 *   <tr><th>from a client</th><th>meaning</th></tr>
 *   <tr><td>{@code call_user {to, offer}}</td><td>calls; in a call that has been answered, renegotiates</td></tr>
 *   <tr><td>{@code call_answer {to, answer}}</td><td>accepts a call, or a renegotiation</td></tr>
 *   <tr><td>{@code ice_candidate {to, candidate}}</td><td>how this device may be reached; null or empty: that is all</td></tr>
 *   <tr><td>{@code end_call {to}}</td><td>gives up, declines or hangs up; does no harm when there is no call</td></tr>
 *   <tr><th>to clients</th><th>meaning</th></tr>
 *   <tr><td>{@code incoming_call {from, offer, callId, renegotiation, crossed}}</td><td>rings unless it is a renegotiation</td></tr>
 *   <tr><td>{@code call_answered {from, answer, callId}}</td><td>the other one accepts</td></tr>
 *   <tr><td>{@code ice_candidate {from, candidate, callId}}</td><td>how the other one may be reached</td></tr>
 *   <tr><td>{@code call_ended {from, callId, reason}}</td><td>it is over, for this device at least</td></tr>
 *   <tr><td>{@code call_failed {to, code}}</td><td>it did not come about</td></tr>
 * </table>
 *
 * <p>The reply is {@code {ok: true, callId, state}}, or a refusal. With everything that belongs to a call, a client may give
 * the {@code callId}; what it meant for an earlier call then does no harm to a later one.
 *
 * <p>A handler passes on to this what happens to its sessions. Belongs to the room's thread.
 */
public final class RoomCalls {

    /** How large a message of a client can become that says all that it may: 64 KiB of signal, and what is around it. */
    public static final int MAX_MESSAGE_BYTES = Signal.MAX_BYTES + 4 * 1024;

    private static final Set<String> EVENTS = Set.of("call_user", "call_answer", "ice_candidate", "end_call");

    private final CallLines lines;
    private final CallDesk desk;

    /**
     * Begins without calls.
     *
     * @param room the room that the callers are in
     */
    public RoomCalls(Room room) {
        lines = new RoomLines(room);
        desk = new CallDesk(lines);
    }

    /**
     * Says whether an event is about calls.
     *
     * @param event its name
     * @return whether it belongs into {@link #onEvent}
     */
    public static boolean isAboutCalls(String event) {
        return EVENTS.contains(event);
    }

    /**
     * Does what a client asks for, and answers it.
     *
     * @param sender the client
     * @param event one that {@link #isAboutCalls}
     * @throws RoutingException.InvalidRequest if it is malformed
     */
    public void onEvent(Session sender, Event event) {
        CallReply reply = replyTo(RoomLines.deviceOf(sender), event.name(), event.data(Request.class));
        if (reply instanceof Done done) {
            event.reply(new Receipt(true, done.callId(), done.state()));
        } else if (reply instanceof Nothing) {
            event.reply(new Receipt(true, null, CallState.ENDED));
        } else if (reply instanceof Refused refused && (event.wantsReply() || !refused.told())) {
            event.fail(refused.code(), refused.detail());
        }
    }

    private CallReply replyTo(Device from, String event, Request request) {
        UserId to = request.otherUser();
        return switch (event) {
            case "call_user" -> {
                Signal offer = Request.present("offer", request.offer());
                yield offer.isTooLarge() ? tooLarge() : desk.call(from, to, request.callId(), offer);
            }
            case "call_answer" -> {
                Signal answer = Request.present("answer", request.answer());
                yield answer.isTooLarge() ? tooLarge() : desk.answer(from, to, request.callId(), answer);
            }
            case "ice_candidate" -> {
                Signal candidate = Request.signal("candidate", request.candidate());
                yield candidate.isTooLarge() ? tooLarge() : desk.candidate(from, to, request.callId(), candidate);
            }
            case "end_call" -> desk.end(from, to, request.callId());
            default -> throw new IllegalArgumentException(event + " is not about calls");
        };
    }

    private static CallReply tooLarge() {
        return new Refused("TOO_LARGE", "an offer, an answer or a candidate is at most 64 KiB", false);
    }

    /**
     * A client is in.
     *
     * @param session the newcomer
     */
    public void onJoin(Session session) {
        desk.joined(RoomLines.deviceOf(session));
    }

    /**
     * A client's connection broke.
     *
     * @param session whose
     */
    public void onDrop(Session session) {
        desk.changed(RoomLines.deviceOf(session));
    }

    /**
     * A client is back on its seat.
     *
     * @param session who
     */
    public void onResume(Session session) {
        desk.changed(RoomLines.deviceOf(session));
    }

    /**
     * A client is gone.
     *
     * @param session who
     */
    public void onLeave(Session session) {
        desk.left(RoomLines.deviceOf(session));
    }

    /**
     * Writes the calls for the room's next host.
     *
     * @return JSON, 500 KiB at most with 1,000 clients
     */
    public byte[] snapshot() {
        return KeptCalls.write(desk, lines.now());
    }

    /**
     * Goes on with the calls of the room's earlier host.
     *
     * @param state what {@link #snapshot} wrote
     */
    public void restore(JsonNode state) {
        KeptCalls.restore(state, desk, lines);
    }

    private record Request(
            @Nullable String to,
            @Nullable String callId,
            @Nullable JsonNode offer,
            @Nullable JsonNode answer,
            @Nullable JsonNode candidate) {

        UserId otherUser() {
            if (to == null) {
                throw RoutingException.invalid("to is the name of a user");
            }
            return UserId.of(to);
        }

        static Signal signal(String name, @Nullable JsonNode value) {
            if (value == null) {
                throw RoutingException.invalid(name + " is missing");
            }
            return Signal.of(value);
        }

        static Signal present(String name, @Nullable JsonNode value) {
            Signal signal = signal(name, value);
            if (signal.value().isNull()) {
                throw RoutingException.invalid(name + " is null");
            }
            return signal;
        }
    }

    private record Receipt(boolean ok, @Nullable String callId, CallState state) {}
}
