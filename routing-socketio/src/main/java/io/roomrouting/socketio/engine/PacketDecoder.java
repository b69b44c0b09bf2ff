package io.roomrouting.socketio.engine;

import java.util.Base64;

/**
 * Reads one packet of a client (Engine.IO 4, section "Packet encoding"). What only a server may send ({@code 0}, open) is
 * refused like what does not exist, and so is a payload behind a packet that has none.
 */
final class PacketDecoder {

    private static final char BASE64 = 'b';

    private PacketDecoder() {}

    /**
     * Reads a packet that came as text over a WebSocket.
     *
     * @throws ProtocolViolation if it is none
     */
    static EnginePacket text(String packet) throws ProtocolViolation {
        if (packet.isEmpty()) {
            throw new ProtocolViolation("an empty packet");
        }
        String payload = packet.substring(1);
        return switch (packet.charAt(0)) {
            case '1' -> bare(payload, new EnginePacket.Close());
            case '2' -> new EnginePacket.Ping(payload);
            case '3' -> new EnginePacket.Pong(payload);
            case '4' -> new EnginePacket.Text(payload);
            case '5' -> bare(payload, new EnginePacket.Upgrade());
            case '6' -> bare(payload, new EnginePacket.Noop());
            default -> throw new ProtocolViolation("an unknown type of packet");
        };
    }

    /**
     * Reads a packet of a long-polling payload, where bytes are written as {@code b} and base64 (RFC 4648, section 4). The
     * official Java client breaks it into lines, which are put together.
     *
     * @throws ProtocolViolation if it is none
     */
    static EnginePacket polled(String packet) throws ProtocolViolation {
        if (packet.isEmpty() || packet.charAt(0) != BASE64) {
            return text(packet);
        }
        try {
            return new EnginePacket.Binary(Base64.getDecoder().decode(unbroken(packet.substring(1))));
        } catch (IllegalArgumentException notBase64) {
            throw new ProtocolViolation("a binary packet that is not base64");
        }
    }

    private static String unbroken(String lines) {
        return lines.indexOf('\n') < 0 ? lines : lines.replace("\r", "").replace("\n", "");
    }

    private static EnginePacket bare(String payload, EnginePacket packet) throws ProtocolViolation {
        if (!payload.isEmpty()) {
            throw new ProtocolViolation("a payload in a packet that has none");
        }
        return packet;
    }
}
