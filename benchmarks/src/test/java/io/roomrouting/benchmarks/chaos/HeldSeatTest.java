package io.roomrouting.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.benchmarks.chaos.check.Seat;
import org.junit.jupiter.api.Test;

class HeldSeatTest {

    private final HeldSeat seat = new HeldSeat(new Seat("alice", "a1"), "secret");

    @Test
    void whatTheServerHasHandledIsNotSaidAgain() {
        seat.said(1, "one");
        seat.said(2, "two");
        seat.said(3, "three");

        seat.handled(1);
        seat.handled(2);

        assertThat(seat.unhandled()).containsExactly("three");
        assertThatThrownBy(() -> seat.handled(4)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasNotConfirmedIsCounted() {
        seat.said(1, "one");
        seat.said(2, "two");

        seat.confirmed(1);

        assertThat(seat.unconfirmed()).isEqualTo(1);
    }

    @Test
    void theWishTellsHowMuchWasReceivedAndEverySixtyFourthIsAcknowledged() {
        for (int i = 1; i < 64; i++) {
            assertThat(seat.took()).isFalse();
        }

        assertThat(seat.took()).isTrue();
        assertThat(seat.acknowledgement()).isEqualTo("{\"ack\":64}");
        assertThat(seat.took()).isFalse();
        assertThat(seat.wish()).isEqualTo("resume.secret.65");
    }
}
