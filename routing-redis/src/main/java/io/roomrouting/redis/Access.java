package io.roomrouting.redis;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * How to get in.
 *
 * @param user the ACL user; empty for the default user
 * @param password the password, if there is one
 * @param database the database's number
 * @param tls makes sockets for TLS; empty without
 */
record Access(Optional<String> user, Optional<String> password, int database, Optional<SSLSocketFactory> tls) {

    /** Tells neither user nor password. */
    @Override
    public String toString() {
        return "Access[database=" + database + ", tls=" + tls.isPresent() + "]";
    }
}
