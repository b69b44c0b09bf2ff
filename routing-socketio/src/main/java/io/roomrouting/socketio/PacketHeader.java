package io.roomrouting.socketio;

import io.roomrouting.socketio.engine.ProtocolViolation;

/**
 * What stands before the JSON of a packet: {@code <type>[<attachments>-][<namespace>,][<ack id>]} (Socket.IO 5, section
 * "Packet encoding").
 *
 * @param type the type
 * @param attachments how many binary messages follow; 0 for types that have none
 * @param namespace {@code /} where none is written
 * @param ackId {@link SocketPacket#NO_ACK} where none is written
 * @param length how many characters it takes; the JSON follows
 */
record PacketHeader(PacketType type, int attachments, String namespace, long ackId, int length) {

    /** The longest namespace, in UTF-16 units. */
    static final int MAX_NAMESPACE_LENGTH = 255;

    /** The largest ack id, which is what a JavaScript number holds exactly. */
    static final long MAX_ACK_ID = (1L << 53) - 1;

    /** Enough digits for {@link #MAX_ACK_ID}, and few enough for a {@code long}. */
    private static final int MAX_DIGITS = 16;

    static PacketHeader read(String packet, int maxAttachments) throws ProtocolViolation {
        if (packet.isEmpty()) {
            throw new ProtocolViolation("an empty packet");
        }
        PacketType type = PacketType.of(packet.charAt(0));
        int at = 1;
        int attachments = 0;
        if (type.isBinary()) {
            int end = endOfDigits(packet, at);
            attachments = attachments(packet, at, end, maxAttachments);
            at = end + 1;
        }
        String namespace = "/";
        if (packet.startsWith("/", at)) {
            int comma = packet.indexOf(',', at);
            int end = comma < 0 ? packet.length() : comma;
            namespace = namespace(packet, at, end);
            at = comma < 0 ? end : end + 1;
        }
        int end = endOfDigits(packet, at);
        return new PacketHeader(type, attachments, namespace, ackId(type, packet, at, end), end);
    }

    private static int attachments(String packet, int from, int to, int most) throws ProtocolViolation {
        if (from == to || !packet.startsWith("-", to)) {
            throw new ProtocolViolation("no number of attachments");
        }
        long number = number(packet, from, to);
        if (number > most) {
            throw new ProtocolViolation("more than " + most + " attachments");
        }
        return (int) number;
    }

    private static String namespace(String packet, int from, int to) throws ProtocolViolation {
        if (to - from > MAX_NAMESPACE_LENGTH) {
            throw new ProtocolViolation("a namespace of more than " + MAX_NAMESPACE_LENGTH + " characters");
        }
        String namespace = packet.substring(from, to);
        if (namespace.chars().anyMatch(c -> c < ' ')) {
            // Besides being nonsense, one of them could not be answered: it separates packets in long-polling.
            throw new ProtocolViolation("a namespace with a control character");
        }
        return namespace;
    }

    private static long ackId(PacketType type, String packet, int from, int to) throws ProtocolViolation {
        if (from == to) {
            return SocketPacket.NO_ACK;
        }
        long id = number(packet, from, to);
        if (!type.mayHaveId() || id > MAX_ACK_ID) {
            throw new ProtocolViolation("an ack id that cannot be");
        }
        return id;
    }

    private static int endOfDigits(String packet, int from) {
        int at = from;
        while (at < packet.length() && packet.charAt(at) >= '0' && packet.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static long number(String packet, int from, int to) throws ProtocolViolation {
        if (to - from > MAX_DIGITS) {
            throw new ProtocolViolation("a number of more than " + MAX_DIGITS + " digits");
        }
        return Long.parseLong(packet, from, to, 10);
    }
}
