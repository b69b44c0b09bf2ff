package io.roomrouting.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EngineCountsTest {

    private final FakeServer server = new FakeServer((connection, handshake) -> new Talkative(connection));

    /** Says everything back. */
    private record Talkative(EngineConnection connection) implements EngineListener {

        @Override
        public void onText(String text) {
            connection.offer(List.of(EncodedPacket.message(text)));
        }

        @Override
        public void onBinary(byte[] bytes) {
            connection.offer(List.of(EncodedPacket.message(bytes)));
        }

        @Override
        public void onReadComplete() {
            connection.flush();
        }

        @Override
        public void onClosed(CloseReason reason) {}
    }

    private EngineCounts counts() {
        return server.engine.counts();
    }

    @Test
    void nobodyHasComeYet() {
        assertThat(counts()).isEqualTo(EngineCounts.NONE);
        assertThat(EngineCounts.NONE.allClients()).isZero();
        assertThat(EngineCounts.NONE.closed()).containsOnlyKeys(CloseReason.values());
    }

    @Test
    void clientsAreCountedByTransport() {
        server.open();
        String upgrading = server.open();
        server.webSocket();
        assertThat(counts().clients())
                .containsEntry(EngineTransport.POLLING, 2)
                .containsEntry(EngineTransport.WEBSOCKET, 1);

        FakeLink candidate = server.candidate(upgrading);
        candidate.text("2probe");
        candidate.text("5");

        assertThat(counts().clients())
                .containsEntry(EngineTransport.POLLING, 1)
                .containsEntry(EngineTransport.WEBSOCKET, 2);
        assertThat(counts().upgrades()).isEqualTo(1);
        assertThat(counts().opened()).isEqualTo(3);
    }

    @Test
    void endsAreCountedByReason() {
        FakeLink leaving = server.webSocket();
        server.webSocket();
        leaving.text("1");
        assertThat(counts().closed())
                .containsEntry(CloseReason.TRANSPORT_CLOSE, 1L)
                .containsEntry(CloseReason.PING_TIMEOUT, 0L);

        server.pass(600);

        assertThat(counts().closed()).containsEntry(CloseReason.PING_TIMEOUT, 1L);
        assertThat(counts().allClients()).isZero();
        assertThat(counts().opened()).isEqualTo(2);
    }

    @Test
    void whatIsSaidIsCountedAlsoOfThoseWhoAreGone() {
        FakeLink link = server.webSocket();
        EngineCounts before = counts();
        assertThat(before.packetsOut()).as("the handshake").isEqualTo(1);

        link.text("4hello");
        link.binary((byte) 1, (byte) 2);

        EngineCounts after = counts();
        assertThat(after.packetsIn()).isEqualTo(2);
        assertThat(after.bytesIn()).isEqualTo(6 + 2);
        assertThat(after.packetsOut() - before.packetsOut()).isEqualTo(2);
        assertThat(after.bytesOut() - before.bytesOut()).isEqualTo(6 + 2);

        link.text("1");

        assertThat(counts().packetsIn()).isEqualTo(3);
        assertThat(counts().bytesOut()).isEqualTo(after.bytesOut());
    }

    @Test
    void whatIsSaidByPollingIsCountedWithoutItsFraming() {
        String sid = server.open();
        EngineCounts before = counts();

        server.post(sid, "4a\u001ebAQI=");
        server.get(sid);

        EngineCounts after = counts();
        assertThat(after.packetsIn() - before.packetsIn()).isEqualTo(2);
        assertThat(after.bytesIn() - before.bytesIn()).isEqualTo(2 + 2);
        assertThat(after.packetsOut() - before.packetsOut()).isEqualTo(2);
        assertThat(after.bytesOut() - before.bytesOut()).isEqualTo(2 + 2);
    }

    @Test
    void noNumberFallsWhileClientsComeAndGo() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> comers = List.of(threads.submit(this::comeAndGo), threads.submit(this::comeAndGo));
            EngineCounts before = counts();
            while (!comers.stream().allMatch(Future::isDone)) {
                EngineCounts now = counts();
                assertThat(now.opened()).isGreaterThanOrEqualTo(before.opened());
                assertThat(now.packetsIn()).isGreaterThanOrEqualTo(before.packetsIn());
                assertThat(now.bytesOut()).isGreaterThanOrEqualTo(before.bytesOut());
                before = now;
            }
            for (Future<?> comer : comers) {
                comer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(counts().opened()).isEqualTo(1_000);
        assertThat(counts().packetsIn()).isEqualTo(2_000);
    }

    private void comeAndGo() {
        for (int i = 0; i < 500; i++) {
            FakeLink link = server.webSocket();
            link.text("4hello");
            link.text("1");
        }
    }
}
