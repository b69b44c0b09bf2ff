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
     * @param received how many messages of this session the client has received in all, {@link Welcome} and
     *     acknowledgements not counted; 0 or more
     */
    record Back(String token, long received) implements SeatRequest {

        /** Keeps the secret out of logs. */
        @Override
        public String toString() {
            return "Back[token=***, received=" + received + "]";
        }
    }
}
