package io.roomrouting.socketio.engine;

/**
 * What a server tells of a request that it has handed in. Does not block, but the application's callbacks may run on the
 * calling thread. A call that comes too late does nothing.
 */
public interface RequestListener {

    /** Takes no notice. */
    RequestListener NONE = new RequestListener() {};

    /**
     * The whole body has been read; of requests with a body only, also if it is empty.
     *
     * @param body not copied
     */
    default void onBody(byte[] body) {}

    /** The body is longer than {@link EngineSettings#maxPayload}; the server need not read it. */
    default void onTooLarge() {}

    /** The client is gone before it has sent all or got its answer. */
    default void onAborted() {}
}
