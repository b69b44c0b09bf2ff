package io.roomrouting.jetty;

import static io.roomrouting.jetty.internal.ClientFrames.close;
import static io.roomrouting.jetty.internal.ClientFrames.concat;
import static io.roomrouting.jetty.internal.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.jetty.internal.Frames;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.Encoded;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes out: together, once, in order, whatever else happens. */
class WebSocketGatheringTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        server.close();
    }

    @Test
    void whatHasGatheredIsOneWrite() throws Exception {
        try (RawClient client = server.raw().upgrade()) {
            RecordingHost.Visit visit = server.host.next();
            int before = server.writes.get();
            for (int i = 0; i < 50; i++) {
                visit.connection.offer(visit.connection.format().event("n", List.of(i)));
            }
            assertThat(server.writes.get() - before).isZero();

            visit.connection.flush();

            assertThat(server.writes.get() - before).isEqualTo(1);
            for (int i = 0; i < 50; i++) {
                assertThat(client.readText()).isEqualTo("{\"event\":\"n\",\"data\":" + i + "}");
            }
        }
    }

    @Test
    void theAnswersToOneReadAreOneWrite() throws Exception {
        server.host.echo();
        try (RawClient client = server.raw().upgrade()) {
            server.host.next();
            int before = server.writes.get();

            client.send(concat(IntStream.range(0, 30)
                    .mapToObj(i -> text("{\"event\":\"n\",\"data\":" + i + "}"))
                    .toArray(byte[][]::new)));

            for (int i = 0; i < 30; i++) {
                assertThat(client.readText()).isEqualTo("{\"event\":\"n\",\"data\":" + i + "}");
            }
            assertThat(server.writes.get() - before).isEqualTo(1);
        }
    }

    @Test
    void aMessageIsPreparedOnceForAll() throws Exception {
        try (RawClient one = server.raw();
                RawClient two = server.raw()) {
            one.upgrade();
            RecordingHost.Visit first = server.host.next();
            two.upgrade();
            RecordingHost.Visit second = server.host.next();
            assertThat(first.connection.format()).isSameAs(second.connection.format());
            Encoded message = first.connection.format().event("all", List.of("same"));

            for (RecordingHost.Visit visit : List.of(first, second, first)) {
                assertThat(visit.connection.offer(message)).isEqualTo(Delivery.ACCEPTED);
                visit.connection.flush();
            }

            assertThat(one.readText()).isEqualTo("{\"event\":\"all\",\"data\":\"same\"}");
            assertThat(two.readText()).isEqualTo("{\"event\":\"all\",\"data\":\"same\"}");
            assertThat(one.readText()).isEqualTo("{\"event\":\"all\",\"data\":\"same\"}");
        }
    }

    @Test
    void whateverIsAcceptedArrivesOnceAndInOrderUntilTheEnd() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            long clientSeed = random.nextLong();
            all.add(threads.submit(() -> {
                converse(new Random(clientSeed), "seed " + seed);
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(server.host.permits.get()).isLessThanOrEqualTo(30);
    }

    /** One client reads, slowly or not; its host side sends and ends it, or the client breaks off. */
    private void converse(Random random, String seed) throws Exception {
        boolean breaksOff = random.nextInt(3) == 0;
        boolean narrow = random.nextBoolean();
        RawClient client;
        RecordingHost.Visit visit;
        synchronized (this) {
            client = (narrow ? RawClient.connectNarrow(server.port()) : server.raw()).upgrade();
            visit = server.host.next();
        }
        int most = 100 + random.nextInt(500);
        Future<Integer> sent = threads.submit(() -> sendAll(visit, most, new Random(random.nextLong())));
        int readBefore = breaksOff ? random.nextInt(100) : Integer.MAX_VALUE;
        int received = readAll(client, readBefore, random, seed);
        if (breaksOff) {
            client.close();
            assertThat(visit.end()).as(seed).isIn(LeaveReason.CONNECTION_LOST, LeaveReason.KICKED);
            assertThat(sent.get()).as(seed).isGreaterThanOrEqualTo(received);
        } else {
            client.send(close(4307, ""));
            client.awaitEnd();
            assertThat(visit.end()).as(seed).isEqualTo(LeaveReason.KICKED);
            assertThat(received).as(seed).isEqualTo(sent.get());
        }
        client.close();
    }

    private static int sendAll(RecordingHost.Visit visit, int most, Random random) {
        int accepted = 0;
        while (accepted < most) {
            String padding = "x".repeat(random.nextInt(100) == 0 ? 30_000 : 50);
            Delivery delivery = visit.connection.offer(
                    visit.connection.format().event(Integer.toString(accepted), List.of(padding)));
            if (delivery == Delivery.CLOSED) {
                return accepted;
            }
            if (delivery == Delivery.ACCEPTED) {
                accepted++;
            }
            if (delivery == Delivery.SATURATED || random.nextInt(5) == 0) {
                visit.connection.flush();
            }
        }
        visit.connection.close(LeaveReason.KICKED, Duration.ZERO);
        return accepted;
    }

    private static int readAll(RawClient client, int most, Random random, String seed) throws IOException {
        for (int number = 0; number < most; number++) {
            RawClient.Frame frame = client.read();
            if (frame.opcode() == Frames.CLOSE) {
                assertThat(frame.closeText()).as(seed).isEqualTo("4307 KICKED");
                return number;
            }
            assertThat(frame.text()).as(seed).startsWith("{\"event\":\"" + number + "\",");
            if (random.nextInt(100) == 0) {
                for (int spin = random.nextInt(100_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
            }
        }
        return most;
    }
}
