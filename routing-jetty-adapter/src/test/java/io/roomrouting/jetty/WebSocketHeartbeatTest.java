package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.FIN;
import static io.roomrouting.jetty.internal.ClientFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.TimeSource;
import io.roomrouting.jetty.internal.Frames;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketHeartbeatTest {

    private static final Duration INTERVAL = Duration.ofSeconds(25);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final byte[] PONG = frame(FIN | Frames.PONG, new byte[0]);

    private final ManualTime time = ManualTime.create();
    private final AtomicLong suspendedNanos = new AtomicLong();
    private final TimeSource suspendable = new TimeSource() {
        @Override
        public long nanoTime() {
            return time.nanoTime() + suspendedNanos.get();
        }

        @Override
        public long wallMillis() {
            return time.wallMillis();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return time.schedule(delay, task);
        }
    };
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(options -> options.time(suspendable));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aClientThatAnswersItsPingsStays() throws Exception {
        try (RawClient client = server.raw().upgrade()) {
            RecordingHost.Visit visit = server.host.next();
            for (int i = 0; i < 10; i++) {
                awaitPing(client);
                answer(client, visit, PONG);
            }
            assertThat(visit.hasEnded()).isFalse();
        }
    }

    @Test
    void anySignOfLifeWillDo() throws Exception {
        try (RawClient client = server.raw().upgrade()) {
            RecordingHost.Visit visit = server.host.next();
            for (int i = 0; i < 4; i++) {
                awaitPing(client);
                answer(client, visit, new byte[] {i == 0 ? (byte) 0x89 : i == 1 ? (byte) 0x80 : 0});
            }
            assertThat(visit.hasEnded()).isFalse();
        }
    }

    @Test
    void aSilentClientIsSentAwayAfterTheTimeout() throws Exception {
        try (RawClient client = server.raw().upgrade()) {
            RecordingHost.Visit visit = server.host.next();
            awaitPing(client);

            time.advance(TIMEOUT.minus(INTERVAL.dividedBy(100)));
            assertThat(visit.hasEnded()).isFalse();
            time.advance(INTERVAL.dividedBy(100).multipliedBy(2));

            assertThat(visit.end()).isEqualTo(LeaveReason.TIMED_OUT);
            assertThat(client.readClose()).isEqualTo("1001 TIMED_OUT");
            await("the timer of the closing connection")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> time.pendingTimers() == 2);
            time.advance(Duration.ofSeconds(2));
            client.awaitEnd();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> server.host.permits.get() == 0);
    }

    @Test
    void aProcessThatWasSuspendedDoesNotFindItsClientsSilent() throws Exception {
        try (RawClient client = server.raw().upgrade()) {
            RecordingHost.Visit visit = server.host.next();
            awaitPing(client);

            time.advance(TIMEOUT.minus(INTERVAL.dividedBy(50)));
            suspendedNanos.set(Duration.ofHours(1).toNanos());
            time.advance(INTERVAL.dividedBy(100));
            answer(client, visit, PONG);
            time.advance(INTERVAL.dividedBy(50));

            assertThat(visit.hasEnded()).isFalse();
        }
    }

    @Test
    void thePingsAreSpread() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                clients.add(server.raw().upgrade());
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> server.handler.connections() == 60);
            int mostAtOnce = 0;
            int pinged = 0;
            for (int i = 0; i < 100; i++) {
                time.advance(INTERVAL.dividedBy(100));
                int now = 0;
                for (RawClient client : clients) {
                    now += client.socket.getInputStream().available() > 0 ? 1 : 0;
                }
                mostAtOnce = Math.max(mostAtOnce, now - pinged);
                pinged = now;
            }
            assertThat(pinged).isEqualTo(60);
            assertThat(mostAtOnce).isLessThan(15);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    private void awaitPing(RawClient client) throws Exception {
        while (client.socket.getInputStream().available() == 0) {
            time.advance(INTERVAL.dividedBy(100));
        }
        assertThat(client.read().opcode()).isEqualTo(Frames.PING);
    }

    private static void answer(RawClient client, RecordingHost.Visit visit, byte[] bytes) throws Exception {
        int reads = visit.reads();
        client.send(bytes);
        await().atMost(Duration.ofMinutes(1)).until(() -> visit.reads() > reads);
    }
}
