package io.roomrouting.jetty.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomrouting.session.Delivery;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FrameWriterTest {

    private static final Duration POLL = Duration.ofMillis(1);
    private static final byte[] CLOSE = "<close>".getBytes(UTF_8);

    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final Owner owner = new Owner();

    @AfterEach
    void everyBufferIsGivenBack() {
        assertThat(pool.getLeaks()).isEmpty();
    }

    @Test
    void nothingIsWrittenBeforeTheFlush() {
        SlowEndPoint client = new SlowEndPoint(1_000);
        FrameWriter writer = writerTo(client, 1_000);

        assertThat(writer.offer(bytes("a"))).isEqualTo(Delivery.ACCEPTED);

        assertThat(client.writes()).isZero();
        writer.stop();
    }

    @Test
    void whatHasGatheredGoesOutInOneWrite() {
        SlowEndPoint client = new SlowEndPoint(1_000);
        FrameWriter writer = writerTo(client, 1_000);
        for (int i = 0; i < 10; i++) {
            writer.offer(bytes("m" + i));
        }

        writer.flush();

        assertThat(client.taken()).asString(UTF_8).isEqualTo("m0m1m2m3m4m5m6m7m8m9");
        assertThat(client.writes()).isEqualTo(1);
    }

    @Test
    void itIsToldWhenAllIsWrittenAndNotBefore() {
        SlowEndPoint client = new SlowEndPoint(3);
        FrameWriter writer = writerTo(client, 1_000);
        writer.offer(bytes("first"));

        writer.flush();
        assertThat(writer.isIdle()).isFalse();
        assertThat(owner.allWritten).hasValue(0);

        client.makeSpace(1_000);
        assertThat(writer.isIdle()).isTrue();
        assertThat(owner.allWritten).hasValue(1);
    }

    @Test
    void aFlushOfNothingWritesNothing() {
        SlowEndPoint client = new SlowEndPoint(1_000);

        writerTo(client, 1_000).flush();

        assertThat(client.writes()).isZero();
    }

    @Test
    void whatComesDuringAWriteGoesOutTogetherAfterwards() {
        SlowEndPoint client = new SlowEndPoint(1);
        FrameWriter writer = writerTo(client, 1_000);
        writer.offer(bytes("first"));
        writer.flush();
        for (int i = 0; i < 10; i++) {
            writer.offer(bytes("m" + i));
            writer.flush();
        }
        int writesBefore = client.writes();

        client.makeSpace(1_000);

        assertThat(client.taken()).asString(UTF_8).isEqualTo("firstm0m1m2m3m4m5m6m7m8m9");
        assertThat(client.writes())
                .as("the rest of the first, then all the others")
                .isEqualTo(writesBefore + 2);
    }

    @Test
    void aFrameLargerThanTheBufferGoesOutInPieces() {
        SlowEndPoint client = new SlowEndPoint(1_000_000);
        FrameWriter writer = writerTo(client, 1_000_000);
        byte[] large = new byte[100_000];
        new Random(1).nextBytes(large);
        writer.offer(large);

        writer.flush();

        assertThat(client.taken()).isEqualTo(large);
    }

    @Test
    void moreThanTheLimitIsNotTaken() {
        SlowEndPoint client = new SlowEndPoint(0);
        FrameWriter writer = writerTo(client, 10);
        writer.offer(new byte[4]);
        writer.flush();

        assertThat(writer.offer(new byte[11])).as("larger than the limit").isEqualTo(Delivery.SATURATED);
        assertThat(writer.offer(new byte[10])).isEqualTo(Delivery.ACCEPTED);
        assertThat(writer.offer(new byte[1])).isEqualTo(Delivery.SATURATED);
        client.makeSpace(14);
        assertThat(client.taken()).hasSize(14);
        assertThat(writer.offer(new byte[10])).isEqualTo(Delivery.ACCEPTED);
        writer.stop();
    }

    @Test
    void aPongGoesBeforeWhatWaitsAndOnlyTheNewestIsKept() {
        SlowEndPoint client = new SlowEndPoint(2);
        FrameWriter writer = writerTo(client, 1_000);
        writer.offer(bytes("first"));
        writer.flush();
        writer.offer(bytes("second"));
        for (int i = 0; i < 100; i++) {
            writer.writeUrgently(bytes("pong" + i));
        }

        client.makeSpace(1_000);

        assertThat(client.taken()).asString(UTF_8).isEqualTo("firstpong99second");
    }

    @Test
    void theCloseFrameIsTheLast() {
        SlowEndPoint client = new SlowEndPoint(2);
        FrameWriter writer = writerTo(client, 1_000);
        writer.offer(bytes("first"));
        writer.flush();
        writer.offer(bytes("second"));

        assertThat(writer.close(CLOSE, false)).isTrue();
        assertThat(writer.close(bytes("<again>"), false)).isFalse();
        assertThat(writer.offer(bytes("late"))).isEqualTo(Delivery.CLOSED);
        writer.writeUrgently(bytes("pong"));
        assertThat(owner.closesWritten).hasValue(0);
        client.makeSpace(1_000);

        assertThat(client.taken()).asString(UTF_8).isEqualTo("firstsecond<close>");
        assertThat(owner.closesWritten).hasValue(1);
    }

    @Test
    void aClientThatDoesNotReadLosesWhatWaits() {
        SlowEndPoint client = new SlowEndPoint(2);
        FrameWriter writer = writerTo(client, 100_000);
        byte[] begun = new byte[20_000];
        Arrays.fill(begun, (byte) 'b');
        writer.offer(begun);
        writer.flush();
        writer.offer(bytes("dropped"));

        writer.close(CLOSE, true);
        client.makeSpace(1_000_000);

        assertThat(client.taken()).asString(UTF_8).isEqualTo("b".repeat(20_000) + "<close>");
        assertThat(owner.closesWritten).hasValue(1);
    }

    @Test
    void aFailureAtOnceIsTold() {
        SlowEndPoint client = new SlowEndPoint(100);
        FrameWriter writer = writerTo(client, 1_000);
        client.breakDown();
        writer.offer(bytes("a"));

        writer.flush();

        assertThat(owner.failures).hasValue(1);
        assertThat(writer.offer(bytes("b"))).isEqualTo(Delivery.CLOSED);
    }

    @Test
    void aFailureWhileItWaitsIsTold() {
        SlowEndPoint client = new SlowEndPoint(0);
        FrameWriter writer = writerTo(client, 1_000);
        writer.offer(bytes("a"));
        writer.flush();

        client.close();

        assertThat(owner.failures).hasValue(1);
        assertThat(writer.offer(bytes("b"))).isEqualTo(Delivery.CLOSED);
    }

    @Test
    @Timeout(120)
    void whateverIsAcceptedArrivesOnceAndInOrder() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (int round = 0; round < 150; round++) {
                runRound(threads, new Random(random.nextLong()), "seed " + seed + ", round " + round);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Four threads write, one reads in bursts, one may close in the middle. */
    private void runRound(ExecutorService threads, Random random, String round) throws Exception {
        SlowEndPoint client = new SlowEndPoint(random.nextInt(500));
        FrameWriter writer = writerTo(client, 2_000);
        int closesBefore = owner.closesWritten.get();
        boolean closes = random.nextInt(3) == 0;
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> writers = new ArrayList<>();
        for (byte id = 0; id < 4; id++) {
            byte writerId = id;
            long writerSeed = random.nextLong();
            writers.add(threads.submit(() -> offerAll(writer, writerId, new Random(writerSeed), start)));
        }
        long readerSeed = random.nextLong();
        Future<?> reader = threads.submit(() -> {
            Random pace = new Random(readerSeed);
            while (!done.get()) {
                client.makeSpace(pace.nextInt(400));
                Thread.onSpinWait();
            }
        });
        start.countDown();
        if (closes) {
            await().atMost(Duration.ofMinutes(1)).pollInterval(POLL).until(() -> client.taken().length > 200);
            writer.close(CLOSE, false);
        }
        int[] accepted = new int[4];
        for (int id = 0; id < 4; id++) {
            accepted[id] = writers.get(id).get();
        }
        if (!closes) {
            writer.close(CLOSE, false);
        }
        await().atMost(Duration.ofMinutes(1)).pollInterval(POLL).until(() -> owner.closesWritten.get() > closesBefore);
        done.set(true);
        reader.get();

        assertStream(client.taken(), accepted, round);
        assertThat(owner.closesWritten.get() - closesBefore).as(round).isEqualTo(1);
    }

    private static int offerAll(FrameWriter writer, byte id, Random random, CountDownLatch start)
            throws InterruptedException {
        start.await();
        int number = 0;
        while (number < 500) {
            ByteBuffer frame = ByteBuffer.allocate(9 + random.nextInt(60));
            frame.putInt(frame.capacity()).put(id).putInt(number);
            Delivery delivery = writer.offer(frame.array());
            if (delivery == Delivery.CLOSED) {
                return number;
            }
            if (delivery == Delivery.ACCEPTED) {
                number++;
            }
            if (delivery == Delivery.SATURATED || random.nextInt(3) == 0) {
                writer.flush();
                Thread.onSpinWait();
            }
        }
        writer.flush();
        return number;
    }

    private static void assertStream(byte[] stream, int[] accepted, String round) {
        ByteBuffer bytes = ByteBuffer.wrap(stream, 0, stream.length - CLOSE.length);
        int[] next = new int[4];
        while (bytes.hasRemaining()) {
            int at = bytes.position();
            int size = bytes.getInt();
            int id = bytes.get();
            assertThat(bytes.getInt()).as(round).isEqualTo(next[id]++);
            bytes.position(at + size);
        }
        assertThat(next).as(round).isEqualTo(accepted);
        assertThat(Arrays.copyOfRange(stream, stream.length - CLOSE.length, stream.length))
                .as(round)
                .isEqualTo(CLOSE);
    }

    private FrameWriter writerTo(SlowEndPoint client, int limit) {
        return new FrameWriter(client, pool, limit, owner);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static final class Owner implements FrameWriter.Owner {

        final AtomicInteger allWritten = new AtomicInteger();
        final AtomicInteger closesWritten = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public void onWritten() {
            allWritten.incrementAndGet();
        }

        @Override
        public void onCloseWritten() {
            closesWritten.incrementAndGet();
        }

        @Override
        public void onWriteFailed(Throwable cause) {
            failures.incrementAndGet();
        }
    }
}
