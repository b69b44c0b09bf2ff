package io.roomrouting.socketio.engine;

/**
 * A request that waits for its answer. Written by servers.
 *
 * <p>Called once, from any thread, perhaps long after the request came, perhaps while it is being handed in. Must neither
 * block nor throw, and must not call back before it returns; a client that is gone is told with
 * {@link RequestListener#onAborted}.
 */
@FunctionalInterface
public interface HttpAnswer {

    /**
     * Sends the answer.
     *
     * @param reply what to send
     */
    void answer(HttpReply reply);
}
