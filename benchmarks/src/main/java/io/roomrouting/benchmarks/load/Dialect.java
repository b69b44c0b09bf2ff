package io.roomrouting.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a load client says over its WebSocket, and what it makes of what it hears. Made for one client, without state. */
interface Dialect {

    /** Path and query to connect to. */
    String path();

    /** The sub-protocols to offer; empty for none. */
    String protocols();

    /** What stands before the text of a message. */
    byte[] head();

    /** What stands behind it. */
    byte[] tail();

    /** Says whether a client is in its room as soon as its WebSocket is open, without a word. */
    boolean isInAtOnce();

    /**
     * Takes notice of a text that is no message.
     *
     * @param first its first character
     * @param second its second one, or 0
     */
    Heard hear(char first, char second);

    /**
     * What a text meant.
     *
     * @param answer what the client has to say to it
     * @param in whether it tells that the client is in its room
     */
    record Heard(Optional<byte[]> answer, boolean in) {

        static final Heard NOTHING = new Heard(Optional.empty(), false);
        static final Heard WELCOME = new Heard(Optional.empty(), true);

        static Heard answeredBy(String text) {
            return new Heard(Optional.of(ascii(text)), false);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
