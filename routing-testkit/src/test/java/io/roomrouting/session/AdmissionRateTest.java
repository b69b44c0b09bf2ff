package io.roomrouting.session;

import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.testkit.RecordingConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How fast clients may come to a host. */
class AdmissionRateTest {

    private final HostRig rig =
            new HostRig(builder -> builder.limits(SessionLimits.defaults().withAdmissions(2, 3)));

    private void fill() {
        rig.join("alice");
        rig.join("bob");
        rig.join("carol");
    }

    @Test
    void whoIsOneTooManyIsToldWhenToComeBackAndKeepsItsTicket() {
        fill();
        Ticket ticket = rig.ticket("dave");
        RecordingConnection dave = rig.knock(ticket);

        assertThat(refusal(dave)).isEqualTo(ErrorCode.OVERLOADED);
        Duration wait = dave.refusal().orElseThrow().retryAfter().orElseThrow();
        assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofMillis(625));
        rig.time.advance(wait);

        assertThat(rig.knock(ticket).isOpen()).isTrue();
    }

    @Test
    void whoIsRefusedTakesNoPlace() {
        fill();
        rig.knock("dave");

        assertThat(rig.host.status().load().connections()).isEqualTo(3);
    }

    @Test
    void ticketsOfAnotherLifeDoNotCount() {
        RoomAssignment own = rig.assignment();
        RoomAssignment foreign =
                new RoomAssignment(own.room(), HostIncarnation.next(own.owner().host()), own.address(), own.epoch());
        for (int i = 0; i < 10; i++) {
            assertThat(refusal(rig.knock(rig.ticket("mallory", foreign, RoomSpec.defaults()))))
                    .isEqualTo(ErrorCode.TICKET_WRONG_HOST);
        }

        fill();
    }

    @Test
    void ratesThatMakeNoSenseAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionLimits.defaults().withAdmissions(0, 1))
                .withMessageContaining("admissionsPerSecond = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionLimits.defaults().withAdmissions(1, 0))
                .withMessageContaining("admissionBurst = 0");
    }
}
