package io.roomrouting.jetty;

import io.roomrouting.Identity;

/**
 * Mints the login token of a user.
 *
 * <p>Called by many threads at once, and on threads that must not wait: it must not block. An application that checks
 * passwords or asks elsewhere logs its users in at a path of its own and leaves this out.
 */
@FunctionalInterface
public interface LoginIssuer {

    /**
     * Mints a token that the router's {@link io.roomrouting.Authenticator} takes.
     *
     * @param identity who logs in, without attributes; nothing but the form of the name has been checked
     * @return the token
     * @throws io.roomrouting.RoutingException if this one is not to have a token
     */
    String issue(Identity identity);
}
