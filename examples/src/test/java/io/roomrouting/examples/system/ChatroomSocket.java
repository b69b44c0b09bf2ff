package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** The official Java client, which hears what a chat room says. */
final class ChatroomSocket implements AutoCloseable {

    private final Socket socket;
    private final Map<String, BlockingQueue<Object>> heard = new ConcurrentHashMap<>();

    /** Begins to connect; whether it may is heard as {@code connect} or {@code connect_error}. */
    ChatroomSocket(String url, Map<String, String> auth) {
        IO.Options options = new IO.Options();
        options.auth = auth;
        options.forceNew = true;
        options.reconnection = false;
        options.transports = new String[] {"websocket"};
        socket = IO.socket(URI.create(url), options);
        for (String event : new String[] {
            "connect",
            "connect_error",
            "message_history",
            "online_users",
            "new_message",
            "incoming_call",
            "call_answered",
            "ice_candidate",
            "call_ended",
            "disconnect"
        }) {
            socket.on(event, arguments -> queue(event).add(arguments.length == 0 ? "" : arguments[0]));
        }
        socket.connect();
    }

    JSONObject object(String event) {
        return (JSONObject) next(event);
    }

    JSONArray array(String event) {
        return (JSONArray) next(event);
    }

    Object next(String event) {
        try {
            Object argument = queue(event).poll(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(argument).as(event + " was heard").isNotNull();
            return argument;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends an event, and waits for what is said to it. */
    JSONObject ask(String event, Map<String, ?> data) {
        BlockingQueue<Object> answers = queue("answer to " + event);
        socket.emit(event, new Object[] {new JSONObject(data)}, arguments -> answers.add(arguments[0]));
        return object("answer to " + event);
    }

    @Override
    public void close() {
        socket.disconnect();
    }

    private BlockingQueue<Object> queue(String event) {
        return heard.computeIfAbsent(event, name -> new LinkedBlockingQueue<>());
    }

    static String text(JSONObject object, String field) {
        try {
            return object.getString(field);
        } catch (JSONException e) {
            throw new AssertionError(object + " has no " + field, e);
        }
    }
}
