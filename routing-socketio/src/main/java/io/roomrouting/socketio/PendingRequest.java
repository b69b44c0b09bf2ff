package io.roomrouting.socketio;

import java.time.Duration;

/**
 * An event that asks for an answer, encoded; one can go to many clients of a namespace.
 *
 * @param id the number that clients answer to
 * @param message the event
 * @param timeout how long to wait for an answer
 */
record PendingRequest(long id, EncodedMessage message, Duration timeout) {}
