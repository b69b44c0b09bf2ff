package io.roomrouting.benchmarks.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Recorded first = new Recorded();
    private final Recorded second = new Recorded();
    private final Outbox outbox = new Outbox(() -> {});

    @Test
    void whatGathersDuringASendingGoesOutWithTheNext() {
        outbox.use(first);
        outbox.add("1");
        outbox.add("2");
        outbox.add("3");

        first.finish();

        assertThat(first.carried).containsExactly(List.of("1"), List.of("2", "3"));
    }

    @Test
    void whatIsHeldGoesOutOverTheNextCarrierWhenNothingIsUnderWay() {
        AtomicBoolean quiet = new AtomicBoolean();
        outbox.use(first);
        outbox.add("1");
        outbox.hold(() -> quiet.set(true));
        outbox.add("2");

        assertThat(quiet).isFalse();
        first.finish();
        assertThat(quiet).isTrue();
        outbox.use(second);

        assertThat(first.carried).containsExactly(List.of("1"));
        assertThat(second.carried).containsExactly(List.of("2"));
    }

    private static final class Recorded implements Carrier {

        private final List<List<String>> carried = new ArrayList<>();
        private CompletableFuture<Void> sending = new CompletableFuture<>();

        @Override
        public CompletableFuture<?> carry(List<String> packets) {
            carried.add(packets);
            sending = new CompletableFuture<>();
            return sending;
        }

        void finish() {
            sending.complete(null);
        }

        @Override
        public void end() {
            // Nothing to end.
        }
    }
}
