package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.TimeSource;
import io.socket.engineio.client.transports.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * Some users who say much, and remember what was acknowledged. Each message has a text of its own, which is also the name that
 * its sender gives to it.
 */
final class ChatLoad implements AutoCloseable {

    private static final int SENDERS = 4;
    private static final int TICKS_PER_SECOND = 100;

    /** On these, a client sends again. */
    private static final Set<String> LATER = Set.of("OVERLOADED", "UNAVAILABLE");

    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SOME = 200;

    /** How many messages of a room are kept. */
    private static final int KEPT = 10_000;

    /** A server that is slower than the clock is not asked for more. */
    private static final int MAX_UNACKNOWLEDGED = 1_000;

    private final String url;
    private final UnaryOperator<String> tokenOf;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> unacknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lastNumber = new AtomicInteger();
    private final List<IoClient> senders = new ArrayList<>();

    ChatLoad(String url, UnaryOperator<String> tokenOf) {
        this.url = url;
        this.tokenOf = tokenOf;
    }

    /** Connects all senders, and says again what nobody has acknowledged; returns how many messages that were. */
    int connect() {
        disconnect();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(IoClient.connect(url, tokenOf.apply("sender-" + i), WebSocket.NAME));
        }
        List<String> again = List.copyOf(unacknowledged);
        again.forEach(this::say);
        await().atMost(PATIENCE).until(() -> unacknowledged.isEmpty() || !complaints.isEmpty());
        assertThat(complaints).isEmpty();
        return again.size();
    }

    /**
     * Says so many messages per second for a while, and until some are acknowledged; then does something and stops.
     *
     * @return how many were acknowledged per second until then
     */
    long during(int perSecond, Duration atLeast, Then then) throws InterruptedException {
        int before = acknowledged.size();
        long start = System.nanoTime();
        ScheduledFuture<?> ticks = clock.scheduleAtFixedRate(
                () -> sayNew(perSecond / TICKS_PER_SECOND), 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
        try {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() ->
                            System.nanoTime() - start >= atLeast.toNanos() && acknowledged.size() >= before + SOME);
            long rate = (acknowledged.size() - before) * 1_000_000_000L / (System.nanoTime() - start);
            then.happens();
            return rate;
        } finally {
            ticks.cancel(false);
        }
    }

    /** What happens while much is said. */
    interface Then {
        void happens() throws InterruptedException;
    }

    private void sayNew(int count) {
        for (int i = 0; i < count && unacknowledged.size() < MAX_UNACKNOWLEDGED; i++) {
            String text = "message-" + lastNumber.incrementAndGet();
            unacknowledged.add(text);
            say(text);
        }
    }

    private void say(String text) {
        int number = Integer.parseInt(text.substring(text.indexOf('-') + 1));
        senders.get(number % SENDERS)
                .ask("send_message", Map.of("text", text, "clientId", text), answer -> heard(text, answer));
    }

    private void heard(String text, JSONObject answer) {
        if (answer.optBoolean("ok")) {
            acknowledged.put(text, answer.optString("id"));
            unacknowledged.remove(text);
        } else if (LATER.contains(answer.optString("code"))) {
            TimeSource.system().schedule(RETRY, () -> say(text));
        } else {
            complaints.add(answer.toString());
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Everything that was said is in the history, as far as that goes back, once, where it was acknowledged. */
    void expectAllInHistory() throws InterruptedException, JSONException {
        NavigableMap<Long, String> expected = new TreeMap<>();
        acknowledged.forEach((text, id) -> expected.put(Long.parseLong(id), text));
        assertThat(expected).as("each has an id of its own").hasSameSizeAs(acknowledged.keySet());
        NavigableMap<Long, String> history = history();
        assertThat(history).hasSize(Math.min(expected.size(), KEPT));
        assertThat(history).isEqualTo(expected.tailMap(history.firstKey()));
    }

    private NavigableMap<Long, String> history() throws InterruptedException, JSONException {
        NavigableMap<Long, String> byId = new TreeMap<>();
        try (IoClient reader = IoClient.connect(url, tokenOf.apply("reader"), WebSocket.NAME)) {
            JSONArray page = reader.hearList("message_history");
            while (page.length() > 0) {
                for (int i = 0; i < page.length(); i++) {
                    JSONObject message = page.getJSONObject(i);
                    byId.put(message.getLong("id"), message.getString("text"));
                }
                Map<String, String> oldest =
                        Map.of("before", page.getJSONObject(0).getString("id"));
                page = reader.ask("load_history", new JSONObject(oldest)).getJSONArray("messages");
            }
        }
        return byId;
    }

    private void disconnect() {
        senders.forEach(IoClient::close);
        senders.clear();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        disconnect();
    }
}
