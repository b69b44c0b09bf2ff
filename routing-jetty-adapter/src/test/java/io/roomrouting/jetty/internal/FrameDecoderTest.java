package io.roomrouting.jetty.internal;

import static io.roomrouting.jetty.internal.ClientFrames.FIN;
import static io.roomrouting.jetty.internal.ClientFrames.close;
import static io.roomrouting.jetty.internal.ClientFrames.concat;
import static io.roomrouting.jetty.internal.ClientFrames.frame;
import static io.roomrouting.jetty.internal.ClientFrames.text;
import static io.roomrouting.jetty.internal.ClientFrames.unmasked;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private static final int MAX = 70_000;
    private static final byte[] NOTHING = {};

    private final Recorder recorder = new Recorder();
    private final FrameDecoder decoder = new FrameDecoder(MAX, null, recorder);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7, 8, 125, 126, 127, 65_535, 65_536, MAX})
    void aMessageOfAnyLengthComesThrough(int length) throws FrameViolation {
        feed(text("x".repeat(length)));

        assertThat(recorder.seen).containsExactly("text " + "x".repeat(length));
    }

    @Test
    void severalFramesMayComeAtOnce() throws FrameViolation {
        feed(concat(
                text("a"), frame(FIN | Frames.BINARY, bytes("b")), frame(FIN | Frames.PING, bytes("p")), text("c")));

        assertThat(recorder.seen).containsExactly("text a", "binary b", "ping p", "text c");
    }

    @Test
    void fragmentsBecomeOneMessageAndControlFramesMayStandBetweenThem() throws FrameViolation {
        feed(concat(
                frame(Frames.TEXT, bytes("Gr")),
                frame(FIN | Frames.PING, NOTHING),
                frame(Frames.CONTINUATION, NOTHING),
                frame(Frames.CONTINUATION, bytes("üß")),
                frame(FIN | Frames.PONG, bytes("late")),
                frame(FIN | Frames.CONTINUATION, bytes("e")),
                text("next")));

        assertThat(recorder.seen).containsExactly("ping ", "text Grüße", "text next");
    }

    @Test
    void emptyFragmentsMakeAnEmptyMessage() throws FrameViolation {
        feed(concat(frame(Frames.BINARY, NOTHING), frame(FIN | Frames.CONTINUATION, NOTHING), text("next")));

        assertThat(recorder.seen).containsExactly("binary ", "text next");
    }

    @Test
    void aCharacterMayBeCutByFragments() throws FrameViolation {
        byte[] dice = bytes("🎲");

        feed(concat(
                frame(Frames.TEXT, Arrays.copyOfRange(dice, 0, 1)),
                frame(Frames.CONTINUATION, Arrays.copyOfRange(dice, 1, 3)),
                frame(FIN | Frames.CONTINUATION, Arrays.copyOfRange(dice, 3, 4))));

        assertThat(recorder.seen).containsExactly("text 🎲");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void aCloseCodeComesThrough(int code) throws FrameViolation {
        feed(close(code, "täuscht nicht"));

        assertThat(recorder.seen).containsExactly("close " + code);
    }

    @Test
    void aCloseFrameMayBeEmptyAndIsTheLast() throws FrameViolation {
        feed(concat(frame(FIN | Frames.CLOSE, NOTHING), text("late"), bytes("garbage")));

        assertThat(recorder.seen).containsExactly("close 1005");
    }

    static Stream<Arguments> violations() {
        byte[] big = new byte[126];
        return Stream.of(
                arguments("reserved bit 1", frame(FIN | 0x40 | Frames.TEXT, bytes("a")), 1002),
                arguments("reserved bit 2", frame(FIN | 0x20 | Frames.TEXT, bytes("a")), 1002),
                arguments("reserved bit 3", frame(FIN | 0x10 | Frames.PING, bytes("a")), 1002),
                arguments("reserved opcode 3", frame(FIN | 0x3, bytes("a")), 1002),
                arguments("reserved opcode 7", frame(FIN | 0x7, bytes("a")), 1002),
                arguments("reserved opcode 11", frame(FIN | 0xB, bytes("a")), 1002),
                arguments("reserved opcode 15", frame(FIN | 0xF, bytes("a")), 1002),
                arguments("text without a mask", unmasked(FIN | Frames.TEXT, bytes("a")), 1002),
                arguments("close without a mask", unmasked(FIN | Frames.CLOSE, NOTHING), 1002),
                arguments("fragmented ping", frame(Frames.PING, bytes("a")), 1002),
                arguments("fragmented close", frame(Frames.CLOSE, NOTHING), 1002),
                arguments("long ping", frame(FIN | Frames.PING, big), 1002),
                arguments("long close", frame(FIN | Frames.CLOSE, 8, 70_000, NOTHING), 1002),
                arguments("continuation of nothing", frame(FIN | Frames.CONTINUATION, bytes("a")), 1002),
                arguments("message in a message", concat(frame(Frames.TEXT, bytes("a")), text("b")), 1002),
                arguments("125 in 16 bits", frame(FIN | Frames.TEXT, 2, 125, NOTHING), 1002),
                arguments("125 in 64 bits", frame(FIN | Frames.TEXT, 8, 125, NOTHING), 1002),
                arguments("65535 in 64 bits", frame(FIN | Frames.TEXT, 8, 65_535, NOTHING), 1002),
                arguments("highest bit of the length", frame(FIN | Frames.TEXT, 8, Long.MIN_VALUE, NOTHING), 1002),
                arguments("too big", frame(FIN | Frames.TEXT, 8, MAX + 1, NOTHING), 1009),
                arguments("far too big", frame(FIN | Frames.BINARY, 8, Long.MAX_VALUE, NOTHING), 1009),
                arguments(
                        "too big together",
                        concat(frame(Frames.TEXT, bytes("a")), frame(Frames.CONTINUATION, 8, MAX, NOTHING)),
                        1009),
                arguments("half a close code", frame(FIN | Frames.CLOSE, new byte[1]), 1002),
                arguments("close reason not UTF-8", frame(FIN | Frames.CLOSE, hex("03e8c3")), 1007),
                arguments("text not UTF-8", frame(FIN | Frames.TEXT, hex("c0af")), 1007),
                arguments("text ends in a character", frame(FIN | Frames.TEXT, hex("61e282")), 1007),
                arguments(
                        "fragments not UTF-8",
                        concat(frame(Frames.TEXT, hex("e2")), frame(FIN | Frames.CONTINUATION, hex("28a1"))),
                        1007));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void aBrokenRuleHasItsCode(String name, byte[] bytes, int code) {
        assertThatExceptionOfType(FrameViolation.class)
                .isThrownBy(() -> feed(bytes))
                .satisfies(e -> assertThat(e.closeFrame().code()).isEqualTo(code));
        assertThat(recorder.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void aCloseCodeThatMustNotBeSentIsAViolation(int code) {
        assertThatExceptionOfType(FrameViolation.class)
                .isThrownBy(() -> feed(close(code, "")))
                .satisfies(e -> assertThat(e.closeFrame().code()).isEqualTo(1002));
    }

    @Test
    void aViolationIsSeenInTheFirstByteThatTells() {
        assertThatExceptionOfType(FrameViolation.class)
                .isThrownBy(() -> feed(new byte[] {(byte) (FIN | 0x40 | Frames.TEXT)}));
    }

    @Test
    void itDoesNotMatterHowTheBytesAreCut() throws FrameViolation {
        byte[] stream = concat(
                text("short"),
                frame(Frames.TEXT, bytes("ä".repeat(100))),
                frame(FIN | Frames.PING, bytes("ping")),
                frame(FIN | Frames.CONTINUATION, bytes("ö".repeat(40_000 / 2))),
                frame(FIN | Frames.BINARY, new byte[300]),
                text(""),
                frame(FIN | Frames.CLOSE, NOTHING));
        feed(stream.clone());
        List<String> whole = List.copyOf(recorder.seen);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            recorder.seen.clear();
            FrameDecoder fresh = new FrameDecoder(MAX, null, recorder);
            byte[] bytes = stream.clone();
            int most = 1 + random.nextInt(round % 2 == 0 ? 8 : 5_000);
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(most));
                fresh.decode(bytes, at, to);
                at = to;
            }
            assertThat(recorder.seen).as("seed %d, round %d", seed, round).isEqualTo(whole);
        }
    }

    @Test
    void anyBytesAreFramesOrAViolation() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] model = concat(
                text("hello"),
                frame(Frames.TEXT, bytes("a")),
                frame(FIN | Frames.CONTINUATION, bytes("b")),
                close(1000, "x"));
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = model.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            FrameDecoder fresh = new FrameDecoder(MAX, null, recorder);
            int cut = random.nextInt(bytes.length);
            try {
                fresh.decode(bytes, 0, cut);
                fresh.decode(bytes, cut, bytes.length);
            } catch (FrameViolation e) {
                assertThat(e.closeFrame().code())
                        .as("seed %d, round %d", seed, round)
                        .isIn(1002, 1007, 1009);
            }
        }
    }

    private void feed(byte[] bytes) throws FrameViolation {
        decoder.decode(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static final class Recorder implements FrameDecoder.Sink {

        final List<String> seen = new ArrayList<>();

        @Override
        public void onText(byte[] bytes, int offset, int length) {
            seen.add("text " + new String(bytes, offset, length, UTF_8));
        }

        @Override
        public void onBinary(byte[] bytes, int offset, int length) {
            seen.add("binary " + new String(bytes, offset, length, UTF_8));
        }

        @Override
        public void onPing(byte[] bytes, int offset, int length) {
            seen.add("ping " + new String(bytes, offset, length, UTF_8));
        }

        @Override
        public void onClose(int code) {
            seen.add("close " + code);
        }
    }
}
