package io.roomrouting.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lives beside the manual time, which core cannot depend on. */
class UsedTicketsTest {

    private final ManualTime time = ManualTime.create();
    private final UsedTickets used = new UsedTickets(time, 3);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 35, 69, 70, 71, 105, 139, 140, 141, 500})
    void remembersATicketForItsWholeLifeWheneverItWasUsed(int firstUseAfterSeconds) {
        time.advance(Duration.ofSeconds(firstUseAfterSeconds));
        used.use("ticket");
        used.use("another");

        for (int second = 0; second < UsedTickets.MEMORY.toSeconds(); second++) {
            assertThatThrownBy(() -> used.use("ticket"))
                    .isInstanceOfSatisfying(
                            RoutingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TICKET_USED));
            time.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void forgetsATicketAtLast() {
        used.use("ticket");

        time.advance(UsedTickets.MEMORY.multipliedBy(2));

        assertThatCode(() -> used.use("ticket")).doesNotThrowAnyException();
    }

    @Test
    void refusesMoreThanItCanRememberUntilTimeHasPassed() {
        used.use("one");
        used.use("two");
        used.use("three");

        assertThatThrownBy(() -> used.use("four"))
                .isInstanceOfSatisfying(
                        RoutingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThatThrownBy(() -> used.use("one")).hasMessageContaining("has been used");
        time.advance(UsedTickets.MEMORY);

        assertThatCode(() -> used.use("four")).doesNotThrowAnyException();
    }
}
