package io.roomrouting.benchmarks.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** What an ordinary client asks, one question after the other, and how long its answers take. Thread-safe. */
final class Questions {

    private final List<Long> nanos = new ArrayList<>();
    private final AtomicInteger id = new AtomicInteger();
    private CompletableFuture<Void> answered = CompletableFuture.completedFuture(null);
    private long askedAt;

    /** Asks, unless there is a question that was not answered. */
    void ask(EngineClient client) {
        synchronized (this) {
            if (!answered.isDone()) {
                return;
            }
            answered = new CompletableFuture<>();
            askedAt = System.nanoTime();
        }
        client.say(id.incrementAndGet() + "[\"q\",\"how are you\"]");
    }

    /** Takes a message as {@link EngineClient} hears it. */
    synchronized void hear(String message) {
        if (message.equals("3" + id.get() + "[\"how are you\"]") && answered.complete(null)) {
            nanos.add(System.nanoTime() - askedAt);
        }
    }

    /** The times of the answers; a question that is open counts as long as it has been. */
    synchronized List<Duration> times() {
        List<Duration> all =
                new ArrayList<>(nanos.stream().map(Duration::ofNanos).toList());
        if (!answered.isDone()) {
            all.add(Duration.ofNanos(System.nanoTime() - askedAt));
        }
        return all;
    }
}
