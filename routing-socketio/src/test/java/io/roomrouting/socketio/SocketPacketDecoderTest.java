package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.socketio.engine.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketPacketDecoderTest {

    private final SocketPacketDecoder decoder = new SocketPacketDecoder(10);

    static Stream<Arguments> packets() {
        long none = SocketPacket.NO_ACK;
        return Stream.of(
                Arguments.of("0", new SocketPacket.Connect("/", Optional.empty())),
                Arguments.of("0{\"token\":\"t\"}", new SocketPacket.Connect("/", auth("{\"token\":\"t\"}"))),
                Arguments.of("0/custom", new SocketPacket.Connect("/custom", Optional.empty())),
                Arguments.of("0/custom,", new SocketPacket.Connect("/custom", Optional.empty())),
                Arguments.of("0/custom,{\"a\":1}", new SocketPacket.Connect("/custom", auth("{\"a\":1}"))),
                Arguments.of("0/a?b=1,{}", new SocketPacket.Connect("/a?b=1", auth("{}"))),
                Arguments.of("1", new SocketPacket.Disconnect("/")),
                Arguments.of("1/custom,", new SocketPacket.Disconnect("/custom")),
                Arguments.of("2[\"a\"]", new SocketPacket.Event("/", "a", List.of(), none)),
                Arguments.of("2[\"a\",1,null]", new SocketPacket.Event("/", "a", items("[1,null]"), none)),
                Arguments.of("2[7,1]", new SocketPacket.Event("/", "7", items("[1]"), none)),
                Arguments.of("2456[\"e\",1]", new SocketPacket.Event("/", "e", items("[1]"), 456)),
                Arguments.of("2/n,0[\"e\"]", new SocketPacket.Event("/n", "e", List.of(), 0)),
                Arguments.of(
                        "29007199254740991[\"e\"]",
                        new SocketPacket.Event("/", "e", List.of(), PacketHeader.MAX_ACK_ID)),
                Arguments.of("30[]", new SocketPacket.Ack("/", 0, List.of())),
                Arguments.of("3/n,12[\"x\"]", new SocketPacket.Ack("/n", 12, items("[\"x\"]"))),
                Arguments.of("4\"no\"", new SocketPacket.ConnectError("/", json("\"no\""))),
                Arguments.of("50-[\"e\"]", new SocketPacket.Event("/", "e", List.of(), none)),
                Arguments.of(
                        "2[\"e\",{\"_placeholder\":true,\"num\":0}]",
                        new SocketPacket.Event("/", "e", items("[{\"_placeholder\":true,\"num\":0}]"), none)));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void theDocumentsExamplesAreRead(String wire, SocketPacket packet) throws ProtocolViolation {
        assertThat(decoder.text(wire)).contains(packet);
        assertThat(decoder.text(wire)).as("nothing is left over").contains(packet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "7",
                "-",
                " 0",
                "0null",
                "0[]",
                "0\"a\"",
                "0{} {}",
                "0{",
                "012{}",
                "0/n,1{}",
                "0/a\u001eb",
                "0/\n,{}",
                "1{}",
                "1[]",
                "1,",
                "13",
                "2",
                "2{}",
                "2[]",
                "2[\"\"]",
                "2[null]",
                "2[{}]",
                "2[true,1]",
                "2[\"a\"",
                "2[\"a\"] 1",
                "2[\"connect\"]",
                "2[\"connect_error\",1]",
                "2[\"disconnect\"]",
                "2[\"disconnecting\"]",
                "2[\"newListener\"]",
                "2[\"removeListener\"]",
                "2abc[\"a\"]",
                "21-[\"a\"]",
                "2-1[\"a\"]",
                "2 1[\"a\"]",
                "2n,[\"a\"]",
                "29007199254740992[\"a\"]",
                "299999999999999999999[\"a\"]",
                "2[\"a\",NaN]",
                "2['a']",
                "2[\"a\",]",
                "2[\"a\",01]",
                "3[]",
                "3",
                "31",
                "31{}",
                "4",
                "4[]",
                "41{}",
                "5[\"a\"]",
                "5-[\"a\"]",
                "5x-[\"a\"]",
                "5-1-[\"a\"]",
                "50x1-[\"a\"]",
                "51.5-[\"a\"]",
                "511-[\"a\"]",
                "51[\"a\"]",
                "51-{}",
                "51-[]",
                "51-[\"connect\"]",
                "50-[\"a\",{\"_placeholder\":true,\"num\":0}]",
                "61-[]",
                "599999999999999999999-[\"a\"]",
                "2٣[\"a\"]"
            })
    void whatIsNotAPacketIsRefused(String wire) {
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decoder.text(wire));
    }

    @Test
    void attachmentsTakeTheirPlacesWhereverTheyAre() throws ProtocolViolation {
        String wire = "52-/n,7[\"e\",{\"x\":[{\"_placeholder\":true,\"num\":1}]},{\"_placeholder\":true,\"num\":0}]";

        assertThat(decoder.text(wire)).isEmpty();
        assertThat(decoder.binary(new byte[] {1})).isEmpty();
        SocketPacket.Event event =
                (SocketPacket.Event) decoder.binary(new byte[] {2, 3}).orElseThrow();

        assertThat(event.namespace()).isEqualTo("/n");
        assertThat(event.ackId()).isEqualTo(7);
        assertThat(bytes(event.arguments().get(0).get("x").get(0))).containsExactly(2, 3);
        assertThat(bytes(event.arguments().get(1))).containsExactly(1);
    }

    @Test
    void anAnswerMayHaveAttachmentsToo() throws ProtocolViolation {
        decoder.text("61-789[{\"_placeholder\":true,\"num\":0}]");

        SocketPacket.Ack ack = (SocketPacket.Ack) decoder.binary(new byte[] {4}).orElseThrow();

        assertThat(ack.ackId()).isEqualTo(789);
        assertThat(bytes(ack.arguments().get(0))).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "0.5", "\"0\"", "null", "4294967296", "[]"})
    void aPlaceholderForNothingIsRefused(String number) throws ProtocolViolation {
        decoder.text("51-[\"e\",{\"_placeholder\":true,\"num\":" + number + "}]");

        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decoder.binary(new byte[1]));
    }

    @Test
    void attachmentsAndTextComeInOrder() throws ProtocolViolation {
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decoder.binary(new byte[1]));

        decoder.text("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");

        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decoder.text("2[\"a\"]"));
    }

    @Test
    void tenAttachmentsAreEnough() throws ProtocolViolation {
        assertThat(decoder.text("510-[\"e\"]")).isEmpty();
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> new SocketPacketDecoder(10).text("511-[\"e\"]"));
    }

    @Test
    void jsonIsBounded() {
        String deep = "2[\"a\"," + "[".repeat(200) + "]".repeat(200) + "]";
        String abyss = "2[\"a\"," + "[".repeat(500_000);
        String longNumber = "2[\"a\"," + "9".repeat(200) + "]";
        String longName = "2[\"a\",{\"" + "n".repeat(5_000) + "\":1}]";
        String many = "2[\"a\"" + ",[]".repeat(100_000) + "]";
        String longNamespace = "0/" + "n".repeat(300);

        for (String wire : List.of(deep, abyss, longNumber, longName, many, longNamespace)) {
            assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decoder.text(wire));
        }
    }

    @Test
    void credentialsDoNotReachLogs() throws ProtocolViolation {
        assertThat(decoder.text("0{\"token\":\"hush\"}").toString()).doesNotContain("hush");
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return node.binaryValue();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<ObjectNode> auth(String text) {
        return Optional.of((ObjectNode) json(text));
    }

    private static List<JsonNode> items(String text) {
        List<JsonNode> items = new ArrayList<>();
        json(text).forEach(items::add);
        return items;
    }

    private static JsonNode json(String text) {
        try {
            return BoundedJson.read(text);
        } catch (ProtocolViolation e) {
            throw new AssertionError(e);
        }
    }
}
