package io.roomrouting.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.examples.calls.RoomCalls;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandlerFactory;
import io.roomrouting.session.Session;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chat: everyone sees who is there, what is said, and what was said before. Two users can call each other, as
 * {@link RoomCalls} says.
 *
 * <p>All of a room's callbacks run one at a time, so its state is plain fields: no locks, no messages between servers. A room
 * lives in one process, and so does everybody who is in it.
 *
 * <table>
 *   <caption>Events</caption>
 *   <tr><th>from a client</th><th>reply</th></tr>
 *   <tr><td>{@code send_message {text, clientId?}}</td><td>{@code {ok: true, id, timestamp}}</td></tr>
 *   <tr><td>{@code load_history {before}}</td><td>{@code {ok: true, messages, cursor}}</td></tr>
 *   <tr><th>to clients</th><th>data</th></tr>
 *   <tr><td>{@code message_history}</td><td>{@code {messages, cursor}} or {@code [message, …]}, to the newcomer</td></tr>
 *   <tr><td>{@code online_users}</td><td>{@code [username, …]}, to the newcomer, or to all</td></tr>
 *   <tr><td>{@code user_joined}, {@code user_left}</td><td>{@code {username}}, or not at all</td></tr>
 *   <tr><td>{@code new_message}</td><td>{@code {id, username, text, timestamp}}</td></tr>
 * </table>
 *
 * <p>Where there is an "or", it is the room's {@link ChatDialect} that decides. The {@code id} of any message may be given as
 * {@code before}.
 *
 * <p>The text is stripped of surrounding blanks and has then 1 to 1,000 characters (Unicode code points). A client that
 * missed a reply sends again with the same {@code clientId} (1 to 64 printable characters of ASCII) and gets the first reply:
 * nobody sees the message twice.
 *
 * <p>What was said is kept by the room itself, as long as the host keeps its state, or in a {@link ChatStore}. Then a message is
 * stored before it is acknowledged or shown; while the store is out of reach, sending is refused as {@code UNAVAILABLE}.
 *
 * <p>Who is here needs no keeping: a client whose connection broke is still among the room's sessions while its seat is kept,
 * also on the next host, and gets what it missed without this room's doing. So nobody is told that it left or joined unless it
 * stays away.
 */
public final class ChatRoom implements RestorableRoom {

    private static final int PAGE = 100;
    private static final int MAX_TEXT = 1_000;
    private static final String CLIENT_ID = "[!-~]{1,64}";

    private final Room room;
    private final ChatDialect dialect;
    private final ChatLog log;
    private final Presence presence;
    private final RoomCalls calls;

    /** Who does not know yet what was said before. */
    private final Set<Session> newcomers = new HashSet<>();

    /**
     * Makes the handler of a room that speaks {@link ChatDialect#PAGES} and remembers what is said; the factory of this room
     * type is {@code ChatRoom::new}.
     *
     * @param room the room that it runs
     */
    public ChatRoom(Room room) {
        this(room, ChatDialect.PAGES, new RememberedLog(room));
    }

    private ChatRoom(Room room, ChatDialect dialect, ChatLog log) {
        this.room = room;
        this.dialect = dialect;
        this.log = log;
        this.presence = new Presence(room, dialect);
        this.calls = new RoomCalls(room);
    }

    /**
     * Makes rooms that remember the newest thousand messages themselves.
     *
     * @param dialect how they speak
     * @return the factory of a room type
     */
    public static RoomHandlerFactory remembering(ChatDialect dialect) {
        return room -> new ChatRoom(room, dialect, new RememberedLog(room));
    }

    /**
     * Makes rooms that store all messages.
     *
     * @param store where
     * @param dialect how they speak
     * @return the factory of a room type
     */
    public static RoomHandlerFactory storing(ChatStore store, ChatDialect dialect) {
        return room -> new ChatRoom(room, dialect, new StoredLog(room, store));
    }

    @Override
    public byte[] snapshot() {
        return KeptRoom.write(log.snapshot(), calls.snapshot());
    }

    @Override
    public void restore(byte[] state) {
        KeptRoom kept = KeptRoom.read(state);
        log.restore(kept.log());
        JsonNode keptCalls = kept.calls();
        if (keptCalls != null) {
            calls.restore(keptCalls);
        }
    }

    @Override
    public void onOpen() {
        log.open(this::show);
    }

    @Override
    public void onJoin(Session newcomer) {
        newcomers.add(newcomer);
        log.page(Optional.empty(), PAGE, page -> welcome(newcomer, page), refusal -> {});
        presence.joined(newcomer);
        calls.onJoin(newcomer);
    }

    @Override
    public void onDrop(Session session) {
        calls.onDrop(session);
    }

    @Override
    public void onResume(Session session) {
        calls.onResume(session);
    }

    private void welcome(Session newcomer, ChatPage page) {
        if (newcomers.remove(newcomer)) {
            newcomer.send("message_history", dialect == ChatDialect.PAGES ? page : page.messages());
        }
    }

    private void show(ChatMessage message) {
        List<Session> others = room.sessions().stream()
                .filter(session -> !newcomers.contains(session))
                .toList();
        room.send(others, "new_message", message);
    }

    @Override
    public void onLeave(Session leaver, LeaveReason reason) {
        newcomers.remove(leaver);
        calls.onLeave(leaver);
        presence.left(leaver);
    }

    @Override
    public void onEvent(Session sender, Event event) {
        switch (event.name()) {
            case "send_message" -> receive(sender.user(), event);
            case "load_history" -> loadHistory(event);
            default -> {
                if (RoomCalls.isAboutCalls(event.name())) {
                    calls.onEvent(sender, event);
                } else {
                    event.fail("INVALID_REQUEST", "this room knows send_message, load_history, and events about calls");
                }
            }
        }
    }

    private void receive(UserId sender, Event event) {
        log.add(
                draftOf(sender, event.data(SendMessage.class)),
                message -> event.reply(new Receipt(true, message.id(), message.timestamp())),
                refusal -> event.fail(refusal.code(), refusal.detail()));
    }

    private void loadHistory(Event event) {
        String cursor = event.data(LoadHistory.class).before();
        if (cursor == null) {
            throw RoutingException.invalid("before is a cursor that came with an earlier page");
        }
        log.page(
                Optional.of(cursor),
                PAGE,
                page -> event.reply(new Page(true, page.messages(), page.cursor())),
                refusal -> event.fail(refusal.code(), refusal.detail()));
    }

    private static ChatDraft draftOf(UserId sender, SendMessage request) {
        String text = request.text() == null ? "" : request.text().strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_TEXT) {
            throw RoutingException.invalid("text is 1 to " + MAX_TEXT + " characters, not blank");
        }
        String clientId = request.clientId();
        if (clientId == null) {
            return ChatDraft.unnamed(sender, text);
        }
        if (!clientId.matches(CLIENT_ID)) {
            throw RoutingException.invalid("clientId is 1 to 64 printable characters of ASCII");
        }
        return ChatDraft.named(sender, clientId, text);
    }

    private record SendMessage(
            @Nullable String text, @Nullable String clientId) {}

    private record LoadHistory(@Nullable String before) {}

    private record Receipt(boolean ok, String id, Instant timestamp) {}

    private record Page(
            boolean ok,
            List<ChatMessage> messages,
            @Nullable String cursor) {}
}
