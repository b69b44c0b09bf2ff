package io.roomrouting.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.socketio.engine.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SocketPacketPropertyTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SocketPacketEncoder encoder = new SocketPacketEncoder(new ObjectMapper(), 1_000);
    private final SocketPacketDecoder decoder = new SocketPacketDecoder(1_000);

    @Test
    void whatIsWrittenReadsTheSame() throws ProtocolViolation {
        RandomGenerator random = Randoms.printed("packets");
        for (int run = 0; run < 3_000; run++) {
            String namespace =
                    random.nextBoolean() ? "/" : "/" + Randoms.text(random, 10).replaceAll("[,\\x00-\\x1f]", ".");
            long id = random.nextBoolean() ? random.nextLong(PacketHeader.MAX_ACK_ID + 1) : SocketPacket.NO_ACK;
            List<JsonNode> arguments = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                arguments.add(value(random, 3));
            }
            if (id != SocketPacket.NO_ACK && random.nextBoolean()) {
                assertThat(read(encoder.ack(namespace, id, arguments)))
                        .contains(new SocketPacket.Ack(namespace, id, arguments));
            } else {
                String name = "e" + Randoms.text(random, 10);
                assertThat(read(encoder.event(namespace, name, arguments, id)))
                        .contains(new SocketPacket.Event(namespace, name, arguments, id));
            }
        }
    }

    @Test
    void garbageIsReadOrRefusedAndNothingElse() {
        RandomGenerator random = Randoms.printed("garbage packets");
        String[] pieces = {
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "1-",
            "2-",
            "/n",
            ",",
            "12",
            "[",
            "]",
            "{",
            "}",
            "\"a\"",
            ":",
            "null",
            "{\"_placeholder\":true,\"num\":0}",
            "[\"e\"]",
            "[\"e\",{\"_placeholder\":true,\"num\":1}]",
            "\\",
            "\u0000"
        };
        int read = 0;
        SocketPacketDecoder wild = new SocketPacketDecoder(3);
        for (int run = 0; run < 50_000; run++) {
            try {
                Optional<SocketPacket> packet = random.nextInt(4) == 0
                        ? wild.binary(Randoms.bytes(random, 4))
                        : wild.text(garbage(random, pieces));
                read += packet.isPresent() ? 1 : 0;
            } catch (ProtocolViolation refused) {
                assertThat(refused).hasMessageMatching("[ -~]+");
                wild = new SocketPacketDecoder(3);
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    private static String garbage(RandomGenerator random, String[] pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(random.nextInt(10) == 0 ? Randoms.text(random, 3) : pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private Optional<SocketPacket> read(EncodedMessage message) throws ProtocolViolation {
        Optional<SocketPacket> packet = Optional.empty();
        for (EncodedPacket part : message.packets()) {
            byte[] bytes = new byte[part.size()];
            part.payload().get(bytes);
            packet = part.isBinary() ? decoder.binary(bytes) : decoder.text(new String(bytes, UTF_8).substring(1));
        }
        return packet;
    }

    private static JsonNode value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt());
            case 3 -> JSON.numberNode(random.nextDouble());
            case 4 -> JSON.textNode(Randoms.text(random, 12));
            case 5 -> JSON.binaryNode(Randoms.bytes(random, 12));
            case 6 -> {
                var array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                var object = JSON.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(Randoms.text(random, 5), value(random, depth - 1));
                }
                yield object;
            }
        };
    }
}
