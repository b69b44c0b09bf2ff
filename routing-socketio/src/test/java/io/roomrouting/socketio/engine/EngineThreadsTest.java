package io.roomrouting.socketio.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.session.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Real threads: one speaker per thread, a client that polls and then changes over. */
class EngineThreadsTest {

    private static final int SPEAKERS = 3;
    private static final int MESSAGES = 2_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger callbacks = new AtomicInteger();
    private final AtomicInteger together = new AtomicInteger();

    @Test
    void everySpeakersOrderIsKeptAcrossTheChangeAndCallbacksAreSerial() throws Exception {
        EngineConnection[] connection = new EngineConnection[1];
        FakeServer server = new FakeServer(
                (opened, handshake) -> {
                    connection[0] = opened;
                    return new Serial();
                },
                EngineSettings.defaults(),
                threads);
        try {
            String sid = server.open();
            List<Future<?>> speakers = new ArrayList<>();
            for (int speaker = 0; speaker < SPEAKERS; speaker++) {
                String name = "4s" + speaker + ":";
                speakers.add(threads.submit(() -> speak(connection[0], name.substring(1))));
            }
            for (int i = 0; i < 20; i++) {
                Future<?> post = threads.submit(() -> server.post(sid, "4a\u001e4b"));
                connection[0].offer(List.of(EncodedPacket.message("an end of the poll")));
                poll(server, sid);
                post.get();
            }
            SlowLink link = new SlowLink();
            if (server.offer("EIO=4&transport=websocket&sid=" + sid) instanceof WebSocketOffer.Accepted accepted) {
                link.listener = accepted.opening().opened(link);
            }
            link.listener.onText("2probe");
            link.listener.onText("5");
            for (Future<?> speaker : speakers) {
                speaker.get();
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> heard.stream().filter(m -> m.startsWith("4s")).count() == SPEAKERS * MESSAGES);
        } finally {
            threads.shutdownNow();
        }

        for (int speaker = 0; speaker < SPEAKERS; speaker++) {
            String name = "4s" + speaker + ":";
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                expected.add(name + i);
            }
            assertThat(heard.stream().filter(m -> m.startsWith(name)).toList()).isEqualTo(expected);
        }
        assertThat(callbacks.get()).isEqualTo(20 * 3);
        assertThat(together.get()).isZero();
    }

    private static void speak(EngineConnection connection, String name) {
        for (int i = 0; i < MESSAGES; i++) {
            List<EncodedPacket> message = List.of(EncodedPacket.message(name + i));
            while (connection.offer(message) == Delivery.SATURATED) {
                Thread.onSpinWait();
            }
            connection.flush();
        }
    }

    private void poll(FakeServer server, String sid) {
        FakeServer.Call call = server.get(sid);
        assertThat(call.isHeld()).isFalse();
        heard.addAll(List.of(call.body().split("\u001e", -1)));
    }

    /** Writes on a thread of its own. */
    private final class SlowLink implements WebSocketLink {

        private volatile LinkListener listener = new FakeLinkListener();

        @Override
        public boolean send(List<EncodedPacket> packets) {
            packets.forEach(packet -> {
                byte[] bytes = new byte[packet.size()];
                packet.payload().get(bytes);
                heard.add(new String(bytes, UTF_8));
            });
            threads.execute(() -> listener.onSent());
            return false;
        }

        @Override
        public void close() {}
    }

    /** Before the WebSocket is open there is nothing to tell. */
    private static final class FakeLinkListener implements LinkListener {
        @Override
        public void onText(String message) {}

        @Override
        public void onBinary(byte[] message) {}

        @Override
        public void onReadComplete() {}

        @Override
        public void onSent() {}

        @Override
        public void onClosed() {}

        @Override
        public void onFailed() {}
    }

    private final class Serial implements EngineListener {

        private final AtomicInteger inside = new AtomicInteger();

        private void callback() {
            if (inside.incrementAndGet() != 1) {
                together.incrementAndGet();
            }
            callbacks.incrementAndGet();
            Thread.onSpinWait();
            inside.decrementAndGet();
        }

        @Override
        public void onText(String text) {
            callback();
        }

        @Override
        public void onBinary(byte[] bytes) {
            callback();
        }

        @Override
        public void onReadComplete() {
            callback();
        }

        @Override
        public void onClosed(CloseReason reason) {
            callback();
        }
    }
}
