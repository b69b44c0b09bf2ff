package io.roomrouting;

/**
 * Turns a presented token into an {@link Identity}, or refuses.
 *
 * <p>Called on request threads, by many at once; may block within the caller's patience. A lambda is enough.
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Checks a token.
     *
     * @param token what the client presented, without the {@code Bearer} prefix; never logged
     * @return who it stands for
     * @throws RoutingException.Unauthenticated if it is not valid
     */
    Identity authenticate(String token);

    /**
     * Says whether {@link #authenticate} can wait for something outside this process.
     *
     * @return false only if it never waits; then request handlers may call it on threads that must not block
     */
    default boolean mayBlock() {
        return true;
    }
}
