package io.roomrouting.session;

/**
 * Something that a client said: a name, arguments, and perhaps a wish for a reply.
 *
 * <p>Belongs to the room's thread. A reply may be given later, from another callback of the same room.
 */
public interface Event {

    /**
     * Returns the event's name.
     *
     * @return not empty
     */
    String name();

    /**
     * Returns how many arguments came with it.
     *
     * @return 0 or more
     */
    int size();

    /**
     * Returns an argument.
     *
     * @param index from 0
     * @return the argument; one that {@link Payload#isNull()} where the client sent none
     */
    Payload argument(int index);

    /**
     * Reads the first argument, which is all there is for most events.
     *
     * @param type the type to read it as
     * @param <T> the type
     * @return the value
     * @throws io.roomrouting.RoutingException.InvalidRequest if it is missing or does not fit
     */
    default <T> T data(Class<T> type) {
        return argument(0).as(type);
    }

    /**
     * Says whether the client waits for a reply that has not been given.
     *
     * @return true until {@link #reply} or {@link #fail}
     */
    boolean wantsReply();

    /**
     * Answers the client; does nothing if it does not wait for a reply.
     *
     * @param values what to answer, for plain WebSocket clients at most one
     */
    void reply(Object... values);

    /**
     * Refuses the event: as the reply where the client waits for one, otherwise as an event named {@code error}.
     *
     * @param code a stable name such as {@code INVALID_REQUEST}
     * @param detail one line for people
     */
    void fail(String code, String detail);
}
