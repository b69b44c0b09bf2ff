package io.roomrouting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lives beside the manual time, which core cannot depend on. */
class LeaseTest {

    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final ManualTime time = ManualTime.create();
    private final Lease lease = new Lease(HostIncarnation.next(HostId.of("host")), time);

    private Lease.Moment now() {
        return Lease.Moment.now(time);
    }

    @Test
    void isWorthNothingBeforeItIsGranted() {
        assertThat(lease.isGranted()).isFalse();
        assertThat(lease.admits()).isFalse();
        assertThat(lease.serves()).isFalse();
        assertThat(lease.untilFence()).isZero();
    }

    @Test
    void admitsForSevenTenthsAndServesALittleLonger() {
        lease.renew(now(), LENGTH);

        time.advance(Duration.ofMillis(6_999));
        assertThat(lease.admits()).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(lease.admits()).isFalse();
        time.advance(Duration.ofMillis(1_499));
        assertThat(lease.serves()).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(lease.serves()).isFalse();
    }

    @Test
    void saysOnceThatItWasGrantedFirst() {
        assertThat(lease.renew(now(), LENGTH)).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(lease.renew(now(), LENGTH)).isFalse();
    }

    @Test
    void aRenewalThatWasAskedForEarlierChangesNothing() {
        Lease.Moment early = now();
        time.advance(Duration.ofSeconds(5));
        lease.renew(now(), LENGTH);

        lease.renew(early, LENGTH.multipliedBy(100));

        assertThat(lease.untilFence()).isEqualTo(Duration.ofMillis(8_500));
    }

    @Test
    void theLargerOfTheTwoClocksCounts() {
        lease.renew(now(), LENGTH);

        time.shiftWallClock(Duration.ofSeconds(5));
        assertThat(lease.untilFence()).isEqualTo(Duration.ofMillis(3_500));
        time.shiftWallClock(Duration.ofMinutes(-1));
        time.advance(Duration.ofSeconds(2));
        assertThat(lease.untilFence()).isEqualTo(Duration.ofMillis(6_500));
    }

    @Test
    void onceGivenUpItStaysSo() {
        lease.renew(now(), LENGTH);
        lease.revoke();
        time.advance(Duration.ofSeconds(1));

        assertThat(lease.renew(now(), LENGTH)).isFalse();
        assertThat(lease.serves()).isFalse();
        assertThat(lease.untilFence()).isZero();
        assertThat(lease.isGranted()).isTrue();
    }

    @Test
    void neverGrantedAndGivenUpItIsNotGrantedAnyMore() {
        lease.revoke();

        assertThat(lease.renew(now(), LENGTH)).isFalse();
        assertThat(lease.isGranted()).isFalse();
    }
}
