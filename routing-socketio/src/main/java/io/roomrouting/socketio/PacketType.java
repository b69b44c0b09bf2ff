package io.roomrouting.socketio;

import io.roomrouting.socketio.engine.ProtocolViolation;

/** The types of Socket.IO 5. */
enum PacketType {
    CONNECT('0'),
    DISCONNECT('1'),
    EVENT('2'),
    ACK('3'),
    CONNECT_ERROR('4'),
    BINARY_EVENT('5'),
    BINARY_ACK('6');

    private final char digit;

    PacketType(char digit) {
        this.digit = digit;
    }

    static PacketType of(char digit) throws ProtocolViolation {
        for (PacketType type : values()) {
            if (type.digit == digit) {
                return type;
            }
        }
        throw new ProtocolViolation("an unknown type of packet");
    }

    boolean isBinary() {
        return this == BINARY_EVENT || this == BINARY_ACK;
    }

    boolean mayHaveId() {
        return this == EVENT || this == ACK || isBinary();
    }

    /** Returns how it is written. */
    char digit() {
        return digit;
    }
}
