package io.roomrouting.examples.chat;

import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.examples.chat.MessageHistory.ClientKey;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.Session;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chat: everyone sees who is there, what is said, and what was said before.
 *
 * <p>All of a room's callbacks run one at a time, so its state is plain fields: no locks, no shared store, no messages
 * between servers. A room lives in one process, and so does everybody who is in it.
 *
 * <table>
 *   <caption>Events</caption>
 *   <tr><th>from a client</th><th>reply</th></tr>
 *   <tr><td>{@code send_message {text, clientId?}}</td><td>{@code {id, timestamp}}</td></tr>
 *   <tr><td>{@code load_history {before}}</td><td>{@code {messages, cursor}}</td></tr>
 *   <tr><th>to clients</th><th>data</th></tr>
 *   <tr><td>{@code message_history}</td><td>{@code {messages, cursor}}, to the newcomer</td></tr>
 *   <tr><td>{@code online_users}</td><td>{@code [username, …]}, to the newcomer</td></tr>
 *   <tr><td>{@code user_joined}, {@code user_left}</td><td>{@code {username}}</td></tr>
 *   <tr><td>{@code new_message}</td><td>{@code {id, username, text, timestamp}}</td></tr>
 * </table>
 *
 * <p>The text is stripped of surrounding blanks and has then 1 to 1,000 characters (Unicode code points). A client that
 * missed a reply sends again with the same {@code clientId} and gets the first reply: nobody sees the message twice.
 *
 * <p>The history outlives the room's host where the host keeps states. Who is here needs no keeping: a client whose
 * connection broke is still among the room's sessions while its seat is kept, also on the next host, and gets what it missed
 * without this room's doing. So nobody is told that it left or joined unless it stays away.
 */
public final class ChatRoom implements RestorableRoom {

    private static final int HISTORY = 1_000;
    private static final int PAGE = 100;
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_CLIENT_ID = 64;

    private final Room room;
    private final MessageHistory history = new MessageHistory(HISTORY);

    /**
     * Makes the handler of one room; the factory of this room type is {@code ChatRoom::new}.
     *
     * @param room the room that it runs
     */
    public ChatRoom(Room room) {
        this.room = room;
    }

    @Override
    public byte[] snapshot() {
        return KeptHistory.write(history);
    }

    @Override
    public void restore(byte[] state) {
        KeptHistory.read(state, history);
    }

    @Override
    public void onJoin(Session newcomer) {
        newcomer.send("message_history", history.newest(PAGE));
        newcomer.send("online_users", room.users());
        if (room.sessionsOf(newcomer.user()).size() == 1) {
            room.broadcastExcept(newcomer, "user_joined", new Username(newcomer.user()));
        }
    }

    @Override
    public void onLeave(Session leaver, LeaveReason reason) {
        if (room.sessionsOf(leaver.user()).isEmpty()) {
            room.broadcast("user_left", new Username(leaver.user()));
        }
    }

    @Override
    public void onEvent(Session sender, Event event) {
        switch (event.name()) {
            case "send_message" -> event.reply(receive(sender.user(), event.data(SendMessage.class)));
            case "load_history" -> event.reply(older(event.data(LoadHistory.class)));
            default -> event.fail("INVALID_REQUEST", "this room knows send_message and load_history");
        }
    }

    private Receipt receive(UserId sender, SendMessage request) {
        Optional<ClientKey> key = keyOf(sender, request.clientId());
        ChatMessage message = key.flatMap(history::find).orElseGet(() -> publish(sender, textOf(request), key));
        return new Receipt(message.id(), message.timestamp());
    }

    private ChatMessage publish(UserId sender, String text, Optional<ClientKey> key) {
        ChatMessage message = new ChatMessage(UUID.randomUUID().toString(), sender, text, room.now());
        history.add(message, key);
        room.broadcast("new_message", message);
        return message;
    }

    private MessageHistory.Page older(LoadHistory request) {
        String cursor = request.before();
        if (cursor == null) {
            throw RoutingException.invalid("before is a cursor that came with an earlier page");
        }
        return history.before(cursor, PAGE);
    }

    private static String textOf(SendMessage request) {
        String text = request.text() == null ? "" : request.text().strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_TEXT) {
            throw RoutingException.invalid("text is 1 to " + MAX_TEXT + " characters, not blank");
        }
        return text;
    }

    private static Optional<ClientKey> keyOf(UserId sender, @Nullable String clientId) {
        if (clientId != null && (clientId.isEmpty() || clientId.length() > MAX_CLIENT_ID)) {
            throw RoutingException.invalid("clientId is 1 to " + MAX_CLIENT_ID + " characters");
        }
        return Optional.ofNullable(clientId).map(id -> new ClientKey(sender, id));
    }

    private record SendMessage(
            @Nullable String text, @Nullable String clientId) {}

    private record LoadHistory(@Nullable String before) {}

    private record Receipt(String id, Instant timestamp) {}

    private record Username(UserId username) {}
}
