package io.roomrouting.examples.chatroom;

import io.roomrouting.Authenticator;
import io.roomrouting.Identity;
import io.roomrouting.RoomAuthorizer;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.examples.chat.ChatMessage;
import io.roomrouting.examples.chat.ChatPage;
import io.roomrouting.examples.chat.ChatStore;
import io.roomrouting.examples.http.ApiExchange;
import io.roomrouting.examples.http.BoundedWork;
import io.roomrouting.examples.http.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Pages backwards through what was said in a room, for who may join it. Looks into the store: the room need not be open. */
final class MessagesApi {

    private static final int MAX_LIMIT = 100;
    private static final int DEFAULT_LIMIT = 50;

    private final Authenticator authenticator;
    private final RoomAuthorizer authorizer;
    private final ChatStore store;
    private final RoomId lobby;
    private final BoundedWork database;

    /**
     * Makes the API.
     *
     * @param authenticator says who asks; must not block
     * @param authorizer says whether this user may look into that room
     * @param store has the messages
     * @param lobby the room that is meant if none is named
     * @param database runs what waits
     */
    MessagesApi(
            Authenticator authenticator,
            RoomAuthorizer authorizer,
            ChatStore store,
            RoomId lobby,
            BoundedWork database) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.store = store;
        this.lobby = lobby;
        this.database = database;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("/api/messages", new Endpoint("GET", this::page));
    }

    private void page(ApiExchange exchange) {
        Identity who = authenticator.authenticate(exchange.bearerToken());
        RoomId room = exchange.parameter("room").map(RoomId::of).orElse(lobby);
        int limit = exchange.parameter("limit").map(MessagesApi::limitIn).orElse(DEFAULT_LIMIT);
        Optional<String> before = exchange.parameter("before");
        database.run(exchange, () -> {
            authorizer.authorize(who, RoomAuthorizer.Action.JOIN, room);
            answer(exchange, store.page(room, before, limit));
        });
    }

    private static int limitIn(String text) {
        if (!text.matches("[1-9][0-9]?|100")) {
            throw RoutingException.invalid("limit is a whole number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private static void answer(ApiExchange exchange, ChatPage page) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("messages", page.messages().stream().map(MessagesApi::view).toList());
        members.put("cursor", page.cursor());
        exchange.answer(members);
    }

    private static Map<String, Object> view(ChatMessage message) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", message.id());
        view.put("username", message.username().value());
        view.put("text", message.text());
        view.put("timestamp", message.timestamp().toString());
        return view;
    }
}
