package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.socketio.engine.ProtocolViolation;
import java.util.Optional;

/** Arbitrary input for Socket.IO: runs what is kept of it, and looks for more with {@code JAZZER_FUZZ=1}. */
class SocketFuzzTest {

    private static final int MAX_ATTACHMENTS = 10;

    @FuzzTest(maxDuration = "10m")
    void packetsAreReadOrRefused(FuzzedDataProvider data) {
        SocketPacketDecoder decoder = new SocketPacketDecoder(MAX_ATTACHMENTS);
        try {
            while (data.remainingBytes() > 0) {
                Optional<SocketPacket> packet = data.consumeBoolean()
                        ? decoder.text(data.consumeString(2_000))
                        : decoder.binary(data.consumeBytes(50));
                assertThat(packet.isPresent()).isNotEqualTo(decoder.isWaiting());
                packet.ifPresent(read -> assertThat(read.namespace()).startsWith("/"));
            }
        } catch (ProtocolViolation refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void aStoredMessageIsReadOrRefused(byte[] stored) {
        SocketWireFormat format = new SocketWireFormat(new ObjectMapper(), SocketSettings.defaults(), "/");
        try {
            byte[] again = format.store(format.restore(stored));
            assertThat(format.store(format.restore(again))).isEqualTo(again);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void whoCameInIsToldOfTheEndOnce(FuzzedDataProvider data) {
        new SocketScript(Choices.fuzzed(data)).run();
    }
}
