package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** The official Java client of Socket.IO in a chat room, as a test uses it. */
final class IoClient implements AutoCloseable {

    private static final String[] EVENTS = {
        "message_history",
        "new_message",
        "online_users",
        "incoming_call",
        "call_answered",
        "ice_candidate",
        "call_ended",
        "call_failed",
        Socket.EVENT_CONNECT_ERROR
    };

    private final Socket socket;
    private final Map<String, BlockingQueue<Object>> heard = new ConcurrentHashMap<>();

    private IoClient(Socket socket) {
        this.socket = socket;
        for (String event : EVENTS) {
            socket.on(event, arguments -> queue(event).add(arguments[0]));
        }
    }

    /** Connects, perhaps to be refused. */
    static IoClient knock(String url, String token, String... transports) {
        IO.Options options = new IO.Options();
        options.forceNew = true;
        options.reconnection = false;
        options.transports = transports;
        options.auth = Map.of("token", token);
        IoClient client = new IoClient(IO.socket(URI.create(url), options));
        client.socket.connect();
        return client;
    }

    static IoClient connect(String url, String token, String... transports) {
        IoClient client = knock(url, token, transports);
        await().atMost(Waiting.PATIENCE).until(client.socket::connected);
        return client;
    }

    void say(String event, Object data) {
        socket.emit(event, data);
    }

    /** Says something and waits for the acknowledgement. */
    JSONObject ask(String event, Object data) throws InterruptedException {
        BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        socket.emit(event, new Object[] {data}, arguments -> answers.add(arguments[0]));
        return (JSONObject) next(answers, "the acknowledgement of " + event);
    }

    /** Says something; the acknowledgement comes later, on the client's thread, or never. */
    void ask(String event, Map<String, String> data, Consumer<JSONObject> answered) {
        socket.emit(
                event, new Object[] {new JSONObject(data)}, arguments -> answered.accept((JSONObject) arguments[0]));
    }

    JSONObject hear(String event) throws InterruptedException {
        return (JSONObject) next(queue(event), event);
    }

    JSONArray hearList(String event) throws InterruptedException {
        return (JSONArray) next(queue(event), event);
    }

    private static Object next(BlockingQueue<Object> heard, String what) throws InterruptedException {
        Object next = heard.poll(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as(what).isNotNull();
        return next;
    }

    private BlockingQueue<Object> queue(String event) {
        return heard.computeIfAbsent(event, none -> new LinkedBlockingQueue<>());
    }

    /** Reads JSON in which strings may stand in single quotes. */
    static JSONObject json(String text) {
        try {
            return new JSONObject(text);
        } catch (JSONException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
