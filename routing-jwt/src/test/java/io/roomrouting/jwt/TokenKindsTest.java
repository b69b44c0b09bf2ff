package io.roomrouting.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.auth0.jwt.JWT;
import io.roomrouting.Epoch;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Identity;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A login token, a room ticket and a control token, all sealed with one key, are never mistaken for each other. */
class TokenKindsTest {

    private final ManualTime time = ManualTime.create();
    private final JwtKeys keys = JwtKeys.of(Keys.secret());
    private final JwtIssuer issuer = JwtIssuer.builder(keys).time(time).build();
    private final JwtVerifier verifier = JwtVerifier.builder(keys).time(time).build();
    private final RoomAssignment assignment = new RoomAssignment(
            RoomId.of("r"),
            HostIncarnation.next(HostId.of("h")),
            new HostAddress("localhost", 8000, false),
            new Epoch(9));
    private final List<Kind> kinds = List.of(
            new Kind("login token", issuer.issueLogin(Identity.of("alice")), verifier.logins()::authenticate),
            new Kind("room ticket", ticket(RoomSpec.defaults()), verifier.tickets()::verify),
            new Kind("control token", issuer.issueControl(), verifier.control()::authenticate));

    private record Kind(String title, String token, Consumer<String> reader) {}

    @TestFactory
    Stream<DynamicTest> a_token_is_accepted_where_it_belongs_and_nowhere_else() {
        return kinds.stream()
                .flatMap(kind -> kinds.stream()
                        .map(place -> DynamicTest.dynamicTest(
                                kind.title + " shown as " + place.title, () -> show(kind, place))));
    }

    private static void show(Kind kind, Kind place) {
        if (kind.equals(place)) {
            place.reader.accept(kind.token);
        } else {
            assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                    .isThrownBy(() -> place.reader.accept(kind.token))
                    .withMessage("the token is not a " + place.title);
        }
    }

    @Test
    void a_control_token_stands_for_the_backend_and_lives_half_a_minute() {
        String token = issuer.issueControl();

        assertThat(verifier.control().authenticate(token)).isEqualTo(Identity.of("backend"));

        time.advance(Duration.ofSeconds(35));
        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> verifier.control().authenticate(token))
                .withMessage("the control token has expired");
    }

    @Test
    void a_ticket_has_the_documented_claims() {
        RoomSpec spec = new RoomSpec("chat", Optional.of("eu"), OptionalInt.of(3), Map.of("k", "v"));
        var ticket = JWT.decode(
                issuer.tickets().issue(Identity.of("alice"), assignment, spec).token());

        assertThat(ticket.getAudience()).containsExactly("room-session");
        assertThat(ticket.getSubject()).isEqualTo("alice");
        assertThat(ticket.getClaim("userId").asString()).isEqualTo("alice");
        assertThat(ticket.getClaim("roomId").asString()).isEqualTo("r");
        assertThat(ticket.getClaim("hostId").asString()).isEqualTo("h");
        assertThat(ticket.getClaim("incarnation").asString())
                .isEqualTo(assignment.owner().nonce());
        assertThat(ticket.getClaim("address").asMap()).isEqualTo(Map.of("host", "localhost", "port", 8000));
        assertThat(ticket.getClaim("epoch").asLong()).isEqualTo(9);
        assertThat(ticket.getClaim("room").asMap())
                .isEqualTo(Map.of("type", "chat", "region", "eu", "maxClients", 3, "metadata", Map.of("k", "v")));
        assertThat(ticket.getId()).hasSize(22);
    }

    private String ticket(RoomSpec spec) {
        return issuer.tickets().issue(Identity.of("alice"), assignment, spec).token();
    }
}
