package io.roomrouting.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.BinaryNode;
import io.roomrouting.RoutingException;
import io.roomrouting.socketio.engine.EncodedPacket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketPacketEncoderTest {

    private static final long NONE = SocketPacket.NO_ACK;

    private final SocketPacketEncoder encoder = new SocketPacketEncoder(new ObjectMapper(), 10);

    /** What an application may well have. */
    @SuppressWarnings("ArrayRecordComponent")
    record Picture(String title, byte[] pixels) {}

    @Test
    void theDocumentsExamplesAreWritten() {
        assertThat(wire(encoder.connect("/", "abc"))).containsExactly("40{\"sid\":\"abc\"}");
        assertThat(wire(encoder.connect("/custom", "abc"))).containsExactly("40/custom,{\"sid\":\"abc\"}");
        assertThat(wire(encoder.connectError("/random", "Invalid namespace", null)))
                .containsExactly("44/random,{\"message\":\"Invalid namespace\"}");
        assertThat(wire(encoder.connectError("/", "no", Map.of("code", "FORBIDDEN"))))
                .containsExactly("44{\"message\":\"no\",\"data\":{\"code\":\"FORBIDDEN\"}}");
        assertThat(wire(encoder.disconnect("/"))).containsExactly("41");
        assertThat(wire(encoder.disconnect("/custom"))).containsExactly("41/custom,");
        assertThat(wire(encoder.event("/", "a", List.of(1, "2", Map.of("3", List.of(true))), NONE)))
                .containsExactly("42[\"a\",1,\"2\",{\"3\":[true]}]");
        assertThat(wire(encoder.event("/n", "a", Collections.singletonList(null), 12)))
                .containsExactly("42/n,12[\"a\",null]");
        assertThat(wire(encoder.ack("/", 456, List.of()))).containsExactly("43456[]");
    }

    @Test
    void bytesBecomeAttachmentsWhereverTheyStand() {
        assertThat(wire(encoder.event("/", "e", List.of(new byte[] {1}, new byte[] {2}), NONE)))
                .containsExactly(
                        "452-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", "1", "2");
        assertThat(wire(encoder.ack("/n", 789, List.of(new Picture("p", new byte[] {3})))))
                .containsExactly("461-/n,789[{\"title\":\"p\",\"pixels\":{\"_placeholder\":true,\"num\":0}}]", "3");
        assertThat(wire(encoder.event("/", "e", List.of(BinaryNode.valueOf(new byte[] {4})), NONE)))
                .containsExactly("451-[\"e\",{\"_placeholder\":true,\"num\":0}]", "4");
    }

    @Test
    void thereIsNoWhitespaceEvenIfTheMapperLikesIt() {
        var indenting = new SocketPacketEncoder(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT), 10);

        assertThat(wire(indenting.event("/", "e", List.of(Map.of("a", List.of(1))), NONE)))
                .containsExactly("42[\"e\",{\"a\":[1]}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "connect", "connect_error", "disconnect", "disconnecting", "newListener"})
    void aNameThatClientsCannotHearIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.event("/", name, List.of(), NONE));
    }

    @Test
    void moreAttachmentsThanClientsTakeAreRefused() {
        byte[][] eleven = new byte[11][1];

        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.event("/", "e", Arrays.asList((Object[]) eleven), NONE));
    }

    @Test
    void aValueThatIsNoJsonIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.event("/", "e", List.of(new Object()), NONE));
    }

    @Test
    void aMessageKnowsItsSize() {
        EncodedMessage message = encoder.event("/", "e", List.of(new byte[100]), NONE);

        assertThat(message.size()).isBetween(140, 180);
    }

    @Test
    void anArgumentIsReadAsATypeOrRefusedWithoutQuoting() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        var decoder = new SocketPacketDecoder(1);
        decoder.text("51-[\"e\",{\"title\":\"p\",\"pixels\":{\"_placeholder\":true,\"num\":0}}]");
        var event = (SocketPacket.Event) decoder.binary(new byte[] {5}).orElseThrow();
        JsonPayload payload = new JsonPayload(mapper, event.arguments().get(0));

        assertThat(payload.as(Picture.class).pixels()).containsExactly(5);
        Assertions.assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> payload.as(Integer.class))
                .withMessage("data is not of the expected form");
        assertThat(new JsonPayload(mapper, BoundedJson.read("null")).isNull()).isTrue();
    }

    static List<String> wire(EncodedMessage message) {
        return message.packets().stream().map(SocketPacketEncoderTest::wire).toList();
    }

    private static String wire(EncodedPacket packet) {
        byte[] bytes = new byte[packet.size()];
        packet.payload().get(bytes);
        if (!packet.isBinary()) {
            return new String(bytes, UTF_8);
        }
        return Arrays.toString(bytes).replaceAll("[\\[\\]]", "");
    }
}
