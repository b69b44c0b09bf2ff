package io.roomrouting.jetty;

import io.roomrouting.Authenticator;
import io.roomrouting.RoutingException;
import org.eclipse.jetty.server.Request;

/**
 * Says who may use an {@link AdminHandler}. Asked on the server's threads, by many at once, before anything else of a
 * request is looked at: whoever is refused learns nothing and changes nothing.
 *
 * <p>Credentials shall come in a header that no browser adds by itself, never in a cookie, so that no web page can act
 * in an operator's name.
 */
@FunctionalInterface
public interface AdminAccess {

    /**
     * Checks a request's credentials.
     *
     * @param request only its headers are of interest; its body is not to be read
     * @throws RoutingException.Unauthenticated if they are missing or wrong (401)
     * @throws RoutingException.Forbidden if they stand for somebody who may not (403)
     */
    void check(Request request);

    /**
     * Says whether {@link #check} can wait for something outside this process.
     *
     * @return false, the default, if it never waits
     */
    default boolean mayBlock() {
        return false;
    }

    /**
     * Admits whoever presents one of these keys, as {@code X-API-Key} or as {@code Authorization: Bearer}. Keys are
     * compared in constant time. Never blocks.
     *
     * @param keys at least one; several while a new key takes the place of an old one. Each has at least one character,
     *     all of them printable ASCII and none a space; 32 random ones are a good key
     * @return the access
     * @throws IllegalArgumentException if there is no key, or one of them cannot stand in a header
     */
    static AdminAccess key(String... keys) {
        return new KeyAccess(keys);
    }

    /**
     * Admits users whose identity has an attribute of this value, by their login token as {@code Authorization: Bearer}.
     * A valid login without it is 403.
     *
     * @param logins checks the token; may block
     * @param attribute the attribute of {@link io.roomrouting.Identity#attributes()}, {@code role} for example
     * @param value what it has to be, {@code operator} for example
     * @return the access
     */
    static AdminAccess role(Authenticator logins, String attribute, String value) {
        return new RoleAccess(logins, attribute, value);
    }
}
