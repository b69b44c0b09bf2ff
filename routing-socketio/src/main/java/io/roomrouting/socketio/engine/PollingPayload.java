package io.roomrouting.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a long-polling request or answer: packets with the byte 0x1E between them (Engine.IO 4, section "HTTP
 * long-polling").
 */
final class PollingPayload {

    /** The character between two packets. */
    static final char SEPARATOR = '\u001e';

    /** How many packets a body may have; a client that has gathered more sends them in several. */
    static final int MAX_PACKETS = 16_384;

    private PollingPayload() {}

    /**
     * Reads a body, all of it or nothing.
     *
     * @param body at most as long as the transport has let in; UTF-8
     * @return at least one packet
     * @throws ProtocolViolation if any of it is not a packet, or there are too many
     */
    static List<EnginePacket> decode(byte[] body) throws ProtocolViolation {
        String text = utf8(body);
        List<EnginePacket> packets = new ArrayList<>();
        int from = 0;
        int to = text.indexOf(SEPARATOR);
        while (to >= 0) {
            add(packets, text.substring(from, to));
            from = to + 1;
            to = text.indexOf(SEPARATOR, from);
        }
        add(packets, text.substring(from));
        return packets;
    }

    /** Writes a body. */
    static byte[] encode(List<EncodedPacket> packets) {
        int size = packets.stream().mapToInt(EncodedPacket::polledSize).sum();
        ByteArrayOutputStream body = new ByteArrayOutputStream(size + packets.size());
        for (EncodedPacket packet : packets) {
            if (body.size() > 0) {
                body.write(SEPARATOR);
            }
            body.writeBytes(packet.polledBytes());
        }
        return body.toByteArray();
    }

    private static void add(List<EnginePacket> packets, String packet) throws ProtocolViolation {
        if (packets.size() == MAX_PACKETS) {
            throw new ProtocolViolation("more than " + MAX_PACKETS + " packets in a payload");
        }
        packets.add(PacketDecoder.polled(packet));
    }

    private static String utf8(byte[] body) throws ProtocolViolation {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new ProtocolViolation("a payload that is not UTF-8");
        }
    }
}
