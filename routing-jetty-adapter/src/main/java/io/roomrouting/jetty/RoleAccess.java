package io.roomrouting.jetty;

import io.roomrouting.Authenticator;
import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import org.eclipse.jetty.server.Request;

/** Admits users by an attribute of their identity. */
record RoleAccess(Authenticator logins, String attribute, String value) implements AdminAccess {

    @Override
    public void check(Request request) {
        String token = Exchange.bearerToken(request)
                .orElseThrow(() -> RoutingException.unauthenticated("This needs a bearer token"));
        Identity identity = logins.authenticate(token);
        if (!value.equals(identity.attributes().get(attribute))) {
            throw RoutingException.forbidden("This is for operators");
        }
    }

    @Override
    public boolean mayBlock() {
        return logins.mayBlock();
    }
}
