package io.roomrouting.session;

/**
 * One argument of an event as it came in, not yet turned into a type. Immutable; a {@link PayloadCodec} makes it.
 */
public interface Payload {

    /**
     * Reads the argument as a type.
     *
     * @param type for example {@code String.class}, a record, {@code byte[].class} for a binary argument
     * @param <T> the type
     * @return the value
     * @throws io.roomrouting.RoutingException.InvalidRequest if it does not fit, or is null; when a handler lets that
     *     pass, the client is told {@code INVALID_REQUEST}
     */
    <T> T as(Class<T> type);

    /**
     * Says whether the argument is an explicit null or was left out.
     *
     * @return true if there is nothing to read
     */
    boolean isNull();
}
