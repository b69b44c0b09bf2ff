package io.roomrouting.jetty.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class MessageCompressionTest {

    private static final int MAX = 1_000_000;

    private final MessageCompression compression = new MessageCompression();

    @Test
    void aLongMessageBecomesShorterAndTheSameAgain() throws Exception {
        for (int length : new int[] {1_024, 5_000, 70_000, 500_000}) {
            byte[] message =
                    "abcdefgh ".repeat(length / 9 + 1).substring(0, length).getBytes(UTF_8);

            byte[] frame = compression.deflated(Frames.of(Frames.TEXT, message));

            assertThat(frame[0] & 0xFF).isEqualTo(0xC1);
            assertThat(frame.length).isLessThan(length / 2);
            int header = Frames.headerLength(frame);
            assertThat(compression.inflated(frame, header, frame.length - header, MAX))
                    .isEqualTo(message);
        }
    }

    @Test
    void aShortMessageStaysAsItIs() {
        byte[] frame = Frames.of(Frames.TEXT, "a".repeat(1_023).getBytes(UTF_8));

        assertThat(compression.deflated(frame)).isSameAs(frame);
    }

    @Test
    void aMessageThatCannotBeMadeShorterStaysAsItIs() {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        byte[] frame = Frames.of(Frames.BINARY, noise);

        assertThat(compression.deflated(frame)).isSameAs(frame);
    }

    @Test
    void aMessageExpandsToNoMoreThanAllowed() throws Exception {
        byte[] message = new byte[MAX];
        byte[] frame = compression.deflated(Frames.of(Frames.BINARY, message));
        int header = Frames.headerLength(frame);
        assertThat(frame.length).as("a bomb").isLessThan(2_000);

        assertThat(compression.inflated(frame, header, frame.length - header, MAX))
                .hasSize(MAX);
        assertThatThrownBy(() -> compression.inflated(frame, header, frame.length - header, MAX - 1))
                .isInstanceOf(FrameViolation.class)
                .hasMessageContaining("more than 999999 bytes");
    }

    @Test
    void anEmptyMessageCanBeExpanded() throws Exception {
        assertThat(compression.inflated(new byte[] {0}, 0, 1, MAX)).isEmpty();
    }

    @Test
    void aMessageThatEndsItsStreamCanBeExpanded() throws Exception {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput("hello".getBytes(UTF_8));
        deflater.finish();
        byte[] space = new byte[100];
        int size = deflater.deflate(space);
        deflater.end();

        assertThat(compression.inflated(space, 0, size, MAX)).asString(UTF_8).isEqualTo("hello");
    }

    @Test
    void garbageIsAViolationAndSpoilsNothing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good =
                compression.deflated(Frames.of(Frames.TEXT, "x".repeat(2_000).getBytes(UTF_8)));
        int header = Frames.headerLength(good);
        for (int i = 0; i < 2_000; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            try {
                assertThat(compression.inflated(garbage, 0, garbage.length, 1_000))
                        .as("seed %d", seed)
                        .hasSizeLessThanOrEqualTo(1_000);
            } catch (FrameViolation expected) {
                assertThat(expected).hasMessageStartingWith("a message that");
            }
        }
        byte[] payload = Arrays.copyOfRange(good, header, good.length);
        assertThat(compression.inflated(payload, 0, payload.length, MAX))
                .asString(UTF_8)
                .isEqualTo("x".repeat(2_000));
    }
}
