package io.roomrouting.jetty;

import io.roomrouting.RoutingException;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Keeps web pages of other sites out, whatever credentials their requests may have: by {@code Origin}, which browsers add
 * to requests that change something, and by {@code Sec-Fetch-Site}, which they add to all. Programs send neither.
 *
 * @param others pages of other sites that may all the same
 */
record OwnPages(AllowedOrigins others) {

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** What a browser says of a request of the server's own page, and of one that its user has typed. */
    private static final List<String> OWN = List.of("same-origin", "none");

    /**
     * Refuses a request of a foreign page.
     *
     * @throws RoutingException.Forbidden if it is one
     */
    void check(Request request) {
        HttpFields headers = request.getHeaders();
        List<String> origins = headers.getValuesList(HttpHeader.ORIGIN);
        if (!origins.isEmpty() && origins.stream().allMatch(others::allow)) {
            return;
        }
        String host = headers.get(HttpHeader.HOST);
        boolean foreign = origins.stream().anyMatch(origin -> !SocketIoCors.isOwnPage(origin, host));
        if (foreign || !OWN.containsAll(headers.getValuesList(FETCH_SITE))) {
            throw RoutingException.forbidden(
                    "Web pages of other origins are not allowed here; a proxy in front must hand on the Host header");
        }
    }
}
