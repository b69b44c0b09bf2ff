package io.roomrouting.spi;

import io.roomrouting.session.Payload;
import java.util.List;

/**
 * A decoded message from a client.
 *
 * @param name the event's name, not empty
 * @param arguments its arguments
 * @param replyId the client's number when it asks for a reply, otherwise {@link #NO_REPLY}
 */
public record InboundEvent(String name, List<Payload> arguments, long replyId) {

    /** The client does not ask for a reply. */
    public static final long NO_REPLY = -1;

    /** Copies the arguments. */
    public InboundEvent {
        arguments = List.copyOf(arguments);
    }
}
