package io.roomrouting.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roomrouting.socketio.Choices;
import java.util.List;

/** Arbitrary input for Engine.IO: runs what is kept of it, and looks for more with {@code JAZZER_FUZZ=1}. */
class EngineFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aPacketIsReadOrRefused(FuzzedDataProvider data) {
        boolean polled = data.consumeBoolean();
        String packet = data.consumeRemainingAsString();
        try {
            EnginePacket read = polled ? PacketDecoder.polled(packet) : PacketDecoder.text(packet);
            assertThat(read.toString()).isNotEmpty();
        } catch (ProtocolViolation refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void aBodyIsReadWithinItsBoundsOrRefused(byte[] body) {
        try {
            List<EnginePacket> packets = PollingPayload.decode(body);
            assertThat(packets).hasSizeBetween(1, PollingPayload.MAX_PACKETS);
        } catch (ProtocolViolation refused) {
            assertThat(refused).hasMessageNotContaining("\n");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void everySessionEndsOnceAndLeavesNothingBehind(FuzzedDataProvider data) {
        new EngineScript(Choices.fuzzed(data)).run();
    }
}
