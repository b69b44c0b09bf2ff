package io.roomrouting.socketio.engine;

import java.io.Serial;

/**
 * A client has sent what the protocol does not allow; its connection is to be closed. An expected event of the network
 * and not a failure of the program: it has no stack trace, and its message never quotes what came in.
 */
public final class ProtocolViolation extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message one line, nothing of what the client sent
     */
    public ProtocolViolation(String message) {
        super(message, null, false, false);
    }
}
