package io.roomrouting.socketio;

import io.roomrouting.session.Payload;
import java.util.List;

/** What became of an event that asked the client for an answer. */
public sealed interface AckOutcome {

    /**
     * The client has answered.
     *
     * @param arguments the answer
     */
    record Answered(List<Payload> arguments) implements AckOutcome {

        /** Copies the list. */
        public Answered {
            arguments = List.copyOf(arguments);
        }
    }

    /** The client has not answered in time; it may have heard the event all the same. */
    record TimedOut() implements AckOutcome {}

    /** The client is gone; it may have heard the event all the same. */
    record Disconnected() implements AckOutcome {}

    /** The event was not sent, because too much waits for this client, or too many of its answers are awaited. */
    record NotAsked() implements AckOutcome {}

    /** The client has answered, but there was no space for its answer among those of others. */
    record NotKept() implements AckOutcome {}
}
