package io.roomrouting.socketio.engine;

import java.util.Arrays;

/**
 * A packet that a client sent, decoded. On the wire a packet is a digit and a payload, except that bytes of a binary
 * message go without a digit (Engine.IO 4, section "Packet encoding").
 */
sealed interface EnginePacket {

    /** Returns how long it is as one message of a WebSocket; text in UTF-16 units. */
    default int size() {
        return 1;
    }

    /** {@code 1}: the client ends the session. */
    record Close() implements EnginePacket {}

    /**
     * {@code 2}: the probe of an upgrade, {@code 2probe}. Heartbeats come from the server.
     *
     * @param payload {@code probe}, or whatever it is instead
     */
    record Ping(String payload) implements EnginePacket {
        @Override
        public int size() {
            return 1 + payload.length();
        }
    }

    /**
     * {@code 3}: the client lives.
     *
     * @param payload empty as a rule
     */
    record Pong(String payload) implements EnginePacket {
        @Override
        public int size() {
            return 1 + payload.length();
        }
    }

    /**
     * {@code 4}: a message.
     *
     * @param text its text, without the digit
     */
    record Text(String text) implements EnginePacket {
        @Override
        public int size() {
            return 1 + text.length();
        }
    }

    /** {@code 5}: the WebSocket takes over. */
    record Upgrade() implements EnginePacket {}

    /** {@code 6}: nothing. */
    record Noop() implements EnginePacket {}

    /** A binary message. */
    final class Binary implements EnginePacket {

        private final byte[] bytes;

        /**
         * Takes a message.
         *
         * @param bytes not copied
         */
        Binary(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Returns the message; not a copy. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary binary && Arrays.equals(bytes, binary.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Binary[" + bytes.length + " bytes]";
        }
    }
}
