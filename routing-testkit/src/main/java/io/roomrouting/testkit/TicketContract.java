package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.CorrelationId;
import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Identity;
import io.roomrouting.IssuedTicket;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatId;
import io.roomrouting.Ticket;
import io.roomrouting.TicketIssuer;
import io.roomrouting.TicketVerifier;
import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TicketIssuer} and its {@link TicketVerifier} do. Extend it for yours and add no exception.
 *
 * <p>Not asked here, because a {@code SessionHost} does it: that a ticket is for this host, at the current epoch, and
 * used once.
 */
public abstract class TicketContract {

    private static final Identity ALICE =
            new Identity(UserId.of("Alice Ünal 🙂"), Map.of("role", "guest", "name", "\"A\" \\ <b>", "empty", ""));
    private static final RoomAssignment ASSIGNMENT = new RoomAssignment(
            RoomId.of("room_1-Z"),
            new HostIncarnation(HostId.of("eu-1/{a}"), "life#1 ä"),
            new HostAddress("eu_1.example.com", 443, true),
            new Epoch(7_000_000_000_000_000_001L));
    private static final RoomSpec SPEC = new RoomSpec(
            "chat.v2",
            Optional.of("Frankfurt am Main"),
            OptionalInt.of(12),
            Map.of("title", "Q&A: \"ö\"\n", "k", ""),
            RoomVisibility.PUBLIC);

    private final ManualTime time = ManualTime.create();

    // Set up before each test.
    @SuppressWarnings("NullAway.Init")
    private Tickets tickets;

    /** For subclasses. */
    protected TicketContract() {}

    /**
     * An issuer and the verifier that trusts it.
     *
     * @param issuer mints
     * @param verifier reads what the issuer minted, and nothing else
     */
    public record Tickets(TicketIssuer issuer, TicketVerifier verifier) {}

    /**
     * Makes a pair with keys of its own: what one pair mints, another refuses.
     *
     * @param time the clock of both
     * @return a new pair with default settings
     */
    protected abstract Tickets create(TimeSource time);

    @BeforeEach
    final void createTickets() {
        tickets = create(time);
    }

    @Test
    final void a_ticket_says_everything_that_it_was_minted_for() {
        IssuedTicket issued = tickets.issuer().issue(ALICE, ASSIGNMENT, SPEC);

        Ticket read = tickets.verifier().verify(issued.token());

        assertThat(read.identity()).isEqualTo(ALICE);
        assertThat(read.assignment()).isEqualTo(ASSIGNMENT);
        assertThat(read.spec()).isEqualTo(SPEC);
        assertThat(read.expiresAt()).isEqualTo(issued.expiresAt());
    }

    @Test
    final void a_ticket_carries_the_seat_that_is_kept_for_its_user() {
        for (boolean taken : List.of(true, false)) {
            RoomSeat seat = new RoomSeat(SeatId.of("seat_1-A"), taken);

            IssuedTicket issued = tickets.issuer().issue(ALICE, ASSIGNMENT, SPEC, Optional.of(seat));

            assertThat(tickets.verifier().verify(issued.token()).seat()).contains(seat);
        }
    }

    @Test
    final void a_ticket_carries_what_its_look_up_is_called_in_the_logs() {
        for (String name : List.of("a", "0af7651916cd43dd8448eb211c80319c", "A-z_0.9a".repeat(8))) {
            Optional<CorrelationId> correlation = CorrelationId.parse(name);

            IssuedTicket issued = tickets.issuer().issue(ALICE, ASSIGNMENT, SPEC, Optional.empty(), correlation);

            assertThat(correlation).isPresent();
            assertThat(tickets.verifier().verify(issued.token()).correlation()).isEqualTo(correlation);
        }
    }

    @Test
    final void what_was_left_out_stays_left_out() {
        Identity plain = Identity.of("bob");
        RoomAssignment elsewhere =
                new RoomAssignment(RoomId.random(), anyHost(), new HostAddress("fe80::1%eth0", 1, false), new Epoch(1));

        Ticket read = tickets.verifier().verify(mint(plain, elsewhere, RoomSpec.defaults()));

        assertThat(read.identity()).isEqualTo(plain);
        assertThat(read.assignment()).isEqualTo(elsewhere);
        assertThat(read.spec()).isEqualTo(RoomSpec.defaults());
        assertThat(read.seat()).isEmpty();
        assertThat(read.correlation()).isEmpty();
    }

    @Test
    final void a_ticket_lives_as_long_as_it_says_and_never_over_the_bound() {
        IssuedTicket issued = tickets.issuer().issue(ALICE, ASSIGNMENT, SPEC);
        Duration life = Duration.between(time.now(), issued.expiresAt());
        assertThat(life).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(Ticket.MAX_LIFE_SECONDS));

        time.advance(life.minusMillis(1));

        assertThat(tickets.verifier().verify(issued.token()).expiresAt()).isEqualTo(issued.expiresAt());
    }

    @Test
    final void an_expired_ticket_sends_the_client_to_look_up_again() {
        String token = mint();

        // Ten seconds are the most that clocks are allowed to disagree; session hosts remember used tickets that long.
        time.advance(Duration.ofSeconds(Ticket.MAX_LIFE_SECONDS + 10));

        assertThatExceptionOfType(RoutingException.LookUpAgain.class)
                .isThrownBy(() -> tickets.verifier().verify(token))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TICKET_EXPIRED))
                .satisfies(e -> assertDoesNotTell(e, token));
    }

    @Test
    final void a_ticket_expires_by_the_clock_and_not_by_the_time_that_a_process_ran() {
        Instant start = time.now();
        time.shiftWallClock(Duration.ofDays(1));
        IssuedTicket issued = tickets.issuer().issue(ALICE, ASSIGNMENT, SPEC);

        assertThat(issued.expiresAt()).isAfter(start.plus(Duration.ofDays(1)));
        assertThat(tickets.verifier().verify(issued.token()).expiresAt()).isEqualTo(issued.expiresAt());
    }

    @Test
    final void every_ticket_has_an_id_of_its_own() {
        Set<String> ids = new HashSet<>();

        Stream.generate(this::mint)
                .limit(200)
                .map(token -> tickets.verifier().verify(token).id())
                .forEach(ids::add);

        assertThat(ids).hasSize(200);
    }

    @Test
    final void a_changed_character_anywhere_breaks_the_seal() {
        String token = mint();

        for (int i = 0; i < token.length(); i += 3) {
            assertRefused(replaced(token, i, token.charAt(i) == 'A' ? 'B' : 'A'));
        }
    }

    @Test
    final void a_seal_has_one_spelling() {
        String token = mint();
        int last = token.length() - 1;

        // The last character of base64 can hold bits that a careless reader ignores.
        for (char other = ' '; other < 127; other++) {
            if (other != token.charAt(last)) {
                assertRefused(replaced(token, last, other));
            }
        }
    }

    @Test
    final void a_ticket_that_is_cut_or_lengthened_is_refused() {
        String token = mint();

        for (int i = 0; i < token.length(); i += 11) {
            assertRefused(token.substring(0, i));
            assertRefused(token.substring(token.length() - i));
            assertRefused(token.substring(0, i) + "." + token.substring(i));
            assertRefused(token.substring(0, i) + "\u0100" + token.substring(i));
        }
        Stream.of(token + "A", token + ".", token + "=", " " + token, token + "\n", token + token)
                .forEach(this::assertRefused);
    }

    @Test
    final void parts_of_two_tickets_do_not_make_a_third() {
        String[] ours = mint().split("\\.", -1);
        String[] others = mint(Identity.of("mallory"), ASSIGNMENT, SPEC).split("\\.", -1);
        assertThat(others).hasSameSizeAs(ours);

        for (int i = 0; i < ours.length; i++) {
            String[] mixed = ours.clone();
            mixed[i] = others[i];
            String token = String.join(".", mixed);
            if (!token.equals(String.join(".", ours)) && !token.equals(String.join(".", others))) {
                assertRefused(token);
            }
        }
    }

    @Test
    final void a_ticket_sealed_with_other_keys_is_refused() {
        Tickets others = create(time);

        assertRefused(others.issuer().issue(ALICE, ASSIGNMENT, SPEC).token());
    }

    @Test
    final void what_is_no_ticket_at_all_is_refused() {
        Stream.of("", ".", "..", "...", "null", "{}", "undefined", "\0", "a.b.c", "🙂", "x".repeat(1 << 20))
                .forEach(this::assertRefused);
    }

    @Test
    final void an_issued_ticket_does_not_show_its_token() {
        IssuedTicket issued = tickets.issuer().issue(ALICE, ASSIGNMENT, SPEC);

        assertThat(issued.toString()).doesNotContain(issued.token());
        Stream.of(issued.token().split("\\."))
                .forEach(part -> assertThat(issued.toString()).doesNotContain(part));
    }

    private static String replaced(String token, int index, char other) {
        return token.substring(0, index) + other + token.substring(index + 1);
    }

    private static HostIncarnation anyHost() {
        return HostIncarnation.next(HostId.of("localhost:8000"));
    }

    private String mint() {
        return mint(ALICE, ASSIGNMENT, SPEC);
    }

    private String mint(Identity identity, RoomAssignment assignment, RoomSpec spec) {
        return tickets.issuer().issue(identity, assignment, spec).token();
    }

    private void assertRefused(String token) {
        var refusal = catchThrowableOfType(
                RoutingException.Unauthenticated.class, () -> tickets.verifier().verify(token));
        assertThat(refusal)
                .as("the refusal of a token of %d characters", token.length())
                .isNotNull();
        assertDoesNotTell(refusal, token);
    }

    /** Neither it nor its causes quote a part of the token that is long enough to matter. */
    private static void assertDoesNotTell(Throwable refusal, String token) {
        for (Throwable e = refusal; e != null; e = e.getCause()) {
            String told = e.toString();
            assertThat(Stream.of(token.split("\\.")).filter(part -> part.length() >= 8))
                    .noneMatch(told::contains);
        }
    }
}
