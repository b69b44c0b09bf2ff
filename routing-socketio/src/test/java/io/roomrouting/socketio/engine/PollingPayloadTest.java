package io.roomrouting.socketio.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomrouting.socketio.Randoms;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollingPayloadTest {

    @Test
    void packetsStandBesideEachOtherWithASeparator() throws ProtocolViolation {
        assertThat(PollingPayload.decode("4hello\u001ebAQIDBA==\u001e3".getBytes(UTF_8)))
                .containsExactly(
                        new EnginePacket.Text("hello"),
                        new EnginePacket.Binary(new byte[] {1, 2, 3, 4}),
                        new EnginePacket.Pong(""));
        assertThat(PollingPayload.encode(List.of(
                        EncodedPacket.message("hello"),
                        EncodedPacket.message(new byte[] {1, 2, 3, 4}),
                        EncodedPacket.PING)))
                .asString(UTF_8)
                .isEqualTo("4hello\u001ebAQIDBA==\u001e2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u001e", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "4a\u001eabc"})
    void oneBadPacketSpoilsThePayload(String body) {
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> PollingPayload.decode(body.getBytes(UTF_8)));
    }

    @Test
    void aPayloadIsUtf8() {
        byte[] overlong = {'4', (byte) 0xC0, (byte) 0x80};
        byte[] surrogate = {'4', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] cut = {'4', (byte) 0xE2, (byte) 0x82};

        for (byte[] body : List.of(overlong, surrogate, cut)) {
            assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> PollingPayload.decode(body));
        }
    }

    @Test
    void aPayloadHasABoundedNumberOfPackets() throws ProtocolViolation {
        String most = "6\u001e".repeat(PollingPayload.MAX_PACKETS - 1) + "6";

        assertThat(PollingPayload.decode(most.getBytes(UTF_8))).hasSize(PollingPayload.MAX_PACKETS);
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> PollingPayload.decode((most + "\u001e6").getBytes(UTF_8)));
    }

    @Test
    void aTextThatWouldBreakPayloadsIsNotTaken() {
        assertThatIllegalArgumentException().isThrownBy(() -> EncodedPacket.message("a\u001eb"));
    }

    @Test
    void anEncodedPacketDoesNotChangeWithTheBytesItWasMadeOf() {
        byte[] bytes = {1, 2};
        EncodedPacket packet = EncodedPacket.message(bytes);

        bytes[0] = 9;

        assertThat(packet.payload().get(0)).isEqualTo((byte) 1);
        assertThat(packet.payload().isReadOnly()).isTrue();
    }

    @Test
    void whatIsWrittenReadsTheSame() throws ProtocolViolation {
        RandomGenerator random = Randoms.printed("payloads");
        for (int run = 0; run < 2_000; run++) {
            List<EncodedPacket> written = new ArrayList<>();
            List<EnginePacket> expected = new ArrayList<>();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                if (random.nextBoolean()) {
                    String text = Randoms.text(random, 20).replace('\u001e', ' ');
                    written.add(EncodedPacket.message(text));
                    expected.add(new EnginePacket.Text(text));
                } else {
                    byte[] bytes = Randoms.bytes(random, 20);
                    written.add(EncodedPacket.message(bytes));
                    expected.add(new EnginePacket.Binary(bytes));
                }
            }

            byte[] body = PollingPayload.encode(written);

            assertThat(PollingPayload.decode(body)).isEqualTo(expected);
            assertThat(body)
                    .hasSize(
                            written.stream().mapToInt(EncodedPacket::polledSize).sum() + written.size() - 1);
        }
    }

    @Test
    void garbageIsReadOrRefusedAndNothingElse() {
        RandomGenerator random = Randoms.printed("garbage payloads");
        byte[] likely = "0123456b\u001e=A/".getBytes(UTF_8);
        int read = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] body = Randoms.bytes(random, 12);
            for (int i = 0; i < body.length; i++) {
                body[i] = random.nextInt(8) == 0 ? body[i] : likely[random.nextInt(likely.length)];
            }
            try {
                assertThat(PollingPayload.decode(body)).hasSizeBetween(1, body.length);
                read++;
            } catch (ProtocolViolation refused) {
                assertThat(refused).hasMessageMatching("[ -~]+");
            }
        }
        assertThat(read).isBetween(100, 19_000);
    }
}
