package io.roomrouting.examples.chatroom;

import io.roomrouting.Authenticator;
import io.roomrouting.UserId;
import io.roomrouting.examples.http.ApiExchange;
import io.roomrouting.examples.http.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a user's browser which servers help it to reach another one, as an {@code RTCConfiguration} takes them. */
final class IceServers {

    private final Authenticator authenticator;
    private final Servers servers;

    /**
     * What is told.
     *
     * @param stunUrls need no credentials
     * @param turnUrls need some
     * @param turn gives them; empty if there is no TURN server
     * @param life how long the answer is good
     */
    record Servers(List<String> stunUrls, List<String> turnUrls, Optional<TurnCredentials> turn, Duration life) {}

    /**
     * Makes the API.
     *
     * @param authenticator says who asks; must not block
     * @param servers what is told
     */
    IceServers(Authenticator authenticator, Servers servers) {
        this.authenticator = authenticator;
        this.servers = servers;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("/api/ice-servers", new Endpoint("GET", this::tell));
    }

    private void tell(ApiExchange exchange) {
        UserId user = authenticator.authenticate(exchange.bearerToken()).user();
        exchange.answer(
                Map.of("iceServers", serversFor(user), "ttl", servers.life().toSeconds()));
    }

    private List<Map<String, Object>> serversFor(UserId user) {
        List<Map<String, Object>> told = new ArrayList<>();
        if (!servers.stunUrls().isEmpty()) {
            told.add(Map.of("urls", servers.stunUrls()));
        }
        servers.turn()
                .map(credentials -> credentials.passFor(user))
                .ifPresent(pass -> told.add(Map.of(
                        "urls", servers.turnUrls(), "username", pass.username(), "credential", pass.credential())));
        return told;
    }
}
