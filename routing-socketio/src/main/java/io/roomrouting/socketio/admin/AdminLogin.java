package io.roomrouting.socketio.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Says who may look after a server. Thread-safe; may keep its thread waiting. How often a stranger may try is seen to
 * elsewhere. What it throws is logged, and nobody is let in.
 */
@FunctionalInterface
public interface AdminLogin {

    /**
     * Looks at what somebody shows.
     *
     * @param username at most 200 characters
     * @param password at most 200 characters; not to be logged
     * @return whether this is who may come in; found out in a time that does not depend on how nearly right it is
     */
    boolean accepts(String username, String password);

    /**
     * Lets one user in, whose password is known by its hash.
     *
     * @param username the user
     * @param hash of the password
     * @return the rule
     */
    static AdminLogin of(String username, PasswordHash hash) {
        byte[] expected = username.getBytes(StandardCharsets.UTF_8);
        return (name, password) -> {
            boolean knowsName = MessageDigest.isEqual(name.getBytes(StandardCharsets.UTF_8), expected);
            // Looked at in any case, so that the time does not tell whether the name is right.
            boolean knowsPassword = hash.matches(password);
            return knowsName && knowsPassword;
        };
    }
}
