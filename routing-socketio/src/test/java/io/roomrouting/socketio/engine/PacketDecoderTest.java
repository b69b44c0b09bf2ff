package io.roomrouting.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {

    static Stream<Arguments> packets() {
        return Stream.of(
                Arguments.of("1", new EnginePacket.Close()),
                Arguments.of("2", new EnginePacket.Ping("")),
                Arguments.of("2probe", new EnginePacket.Ping("probe")),
                Arguments.of("3", new EnginePacket.Pong("")),
                Arguments.of("4", new EnginePacket.Text("")),
                Arguments.of("4hello", new EnginePacket.Text("hello")),
                Arguments.of("44", new EnginePacket.Text("4")),
                Arguments.of("4b€😀", new EnginePacket.Text("b€😀")),
                Arguments.of("5", new EnginePacket.Upgrade()),
                Arguments.of("6", new EnginePacket.Noop()));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void aDigitSaysWhatAPacketIs(String wire, EnginePacket packet) throws ProtocolViolation {
        assertThat(PacketDecoder.text(wire)).isEqualTo(packet);
        assertThat(PacketDecoder.polled(wire)).isEqualTo(packet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0", "0{}", "7", "9", "1x", "5probe", "6 ", " 4", "-1", "４hello"})
    void whatNoClientMaySendIsRefused(String wire) {
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> PacketDecoder.text(wire));
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> PacketDecoder.polled(wire));
    }

    @Test
    void bytesAreWrittenInBase64OnlyWhereThereIsNoOtherWay() throws ProtocolViolation {
        assertThat(PacketDecoder.polled("bAQIDBA==")).isEqualTo(new EnginePacket.Binary(new byte[] {1, 2, 3, 4}));
        assertThat(PacketDecoder.polled("b")).isEqualTo(new EnginePacket.Binary(new byte[0]));
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> PacketDecoder.text("bAQIDBA=="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bAQID\nBAUG", "bAQIDBAUG\n", "bAQID\r\nBAUG\r\n"})
    void base64MayBeBrokenIntoLines(String wire) throws ProtocolViolation {
        assertThat(PacketDecoder.polled(wire))
                .isInstanceOfSatisfying(
                        EnginePacket.Binary.class,
                        binary -> assertThat(binary.bytes()).containsExactly(1, 2, 3, 4, 5, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b*", "bA", "bAQ=I", "bAQIDBA==x", "bAQ-_"})
    void whatIsNotBase64IsRefused(String wire) {
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> PacketDecoder.polled(wire));
    }

    @Test
    void aRefusalQuotesNothingAndHasNoStackTrace() {
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> PacketDecoder.text("xsecret"))
                .satisfies(refusal -> assertThat(refusal.getStackTrace()).isEmpty())
                .withMessageNotContaining("secret");
    }
}
