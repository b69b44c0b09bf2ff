package io.roomrouting.spi;

/**
 * A client's wish for a seat that survives its connection. A client that asks for none is out of the room when its
 * connection ends.
 */
public sealed interface SeatRequest {

    /** The longest resume token, in characters. */
    int MAX_TOKEN_LENGTH = 64;

    /** The client is new and wants a seat that it can come back to. */
    record New() implements SeatRequest {}

    /**
     * The client comes back to the seat that it had.
     *
     * @param token the seat's secret, from {@link Welcome.Seat#token()}
     * @param received up to where it has received what was sent to its session
     */
    record Back(String token, Received received) implements SeatRequest {

        /**
         * Makes the wish of a client that has counted.
         *
         * @param token the seat's secret
         * @param received how many messages of this session it has received in all, as in {@link Received.Count}
         */
        public Back(String token, long received) {
            this(token, new Received.Count(received));
        }

        /** Keeps the secret out of logs. */
        @Override
        public String toString() {
            return "Back[token=***, received=" + received + "]";
        }
    }
}
