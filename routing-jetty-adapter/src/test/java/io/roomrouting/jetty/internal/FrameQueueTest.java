package io.roomrouting.jetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameQueueTest {

    private final FrameQueue queue = new FrameQueue();

    @Test
    void framesComeOutInOrderAndMayBeCut() {
        queue.add(new byte[] {1, 2, 3});
        queue.add(new byte[] {4, 5});

        assertThat(drain(2)).containsExactly(1, 2);
        assertThat(queue.bytes()).isEqualTo(3);
        assertThat(drain(10)).containsExactly(3, 4, 5);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void anUrgentFrameGoesBeforeTheOthersButNotIntoOne() {
        queue.add(new byte[] {1, 2, 3});
        queue.add(new byte[] {4});
        drain(1);

        queue.addUrgent(new byte[] {8});
        queue.addUrgent(new byte[] {9});

        assertThat(drain(10)).containsExactly(2, 3, 9, 4);
    }

    @Test
    void anUrgentFrameAloneIsEnoughToWrite() {
        queue.addUrgent(new byte[] {9, 9});

        assertThat(queue.isEmpty()).isFalse();
        assertThat(drain(10)).containsExactly(9, 9);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatHasBegunIsNotDropped() {
        queue.add(new byte[] {1, 2, 3});
        queue.add(new byte[] {4});
        drain(1);

        queue.dropWaiting();
        queue.add(new byte[] {7});

        assertThat(queue.bytes()).isEqualTo(3);
        assertThat(drain(10)).containsExactly(2, 3, 7);
    }

    @Test
    void nothingIsKeptOfFramesThatHaveNotBegun() {
        queue.add(new byte[] {1, 2, 3});

        queue.dropWaiting();

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void theStreamIsTheFramesWhateverTheSizes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ByteArrayOutputStream actual = new ByteArrayOutputStream();
        for (int round = 0; round < 20_000; round++) {
            if (random.nextInt(100) < 55) {
                byte[] frame = new byte[1 + random.nextInt(20)];
                random.nextBytes(frame);
                queue.add(frame);
                expected.writeBytes(frame);
            } else {
                actual.writeBytes(drain(1 + random.nextInt(25)));
            }
            assertThat(queue.bytes()).as("seed %d", seed).isEqualTo(expected.size() - actual.size());
        }
        actual.writeBytes(drain(queue.bytes()));

        assertThat(actual.toByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
    }

    private byte[] drain(int space) {
        ByteBuffer buffer = ByteBuffer.allocate(space);
        queue.drainTo(buffer);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
