package io.roomrouting.jwt;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import java.time.Duration;

/** What a token is for. */
enum TokenKind {
    LOGIN("room-api", "login token", Duration.ofDays(366)),
    TICKET("room-session", "room ticket", Duration.ofSeconds(Ticket.MAX_LIFE_SECONDS)),
    CONTROL("room-control", "control token", Duration.ofSeconds(30));

    private final String audience;
    private final String title;
    private final Duration longestLife;

    TokenKind(String audience, String title, Duration longestLife) {
        this.audience = audience;
        this.title = title;
        this.longestLife = longestLife;
    }

    String audience() {
        return audience;
    }

    Duration longestLife() {
        return longestLife;
    }

    RoutingException refused(String why) {
        return RoutingException.unauthenticated("the " + title + " " + why);
    }

    RoutingException mistaken() {
        return RoutingException.unauthenticated("the token is not a " + title);
    }

    RoutingException expired() {
        return switch (this) {
            case TICKET -> RoutingException.lookUpAgain(ErrorCode.TICKET_EXPIRED, "the room ticket has expired");
            case LOGIN, CONTROL -> refused("has expired");
        };
    }
}
