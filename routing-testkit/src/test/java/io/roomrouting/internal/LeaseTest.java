package io.roomrouting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.session.OutagePolicy;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lives beside the manual time, which core cannot depend on. */
class LeaseTest {

    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final ManualTime time = ManualTime.create();
    private final Lease lease = new Lease(HostIncarnation.next(HostId.of("host")), time, OutagePolicy.STRICT);

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

    private Lease drifting() {
        Lease available = new Lease(HostIncarnation.next(HostId.of("host")), time, OutagePolicy.AVAILABLE);
        available.renew(now(), LENGTH);
        available.tick();
        return available;
    }

    /** Lets time pass in steps, with a tick after each. */
    private void tickFor(Lease ticked, Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 500) {
            time.advance(Duration.ofMillis(500));
            assertThat(ticked.tick()).isTrue();
        }
    }

    @Test
    void servesOnAfterItsEndIfItMayButNeitherAdmitsNorCommits() {
        Lease available = drifting();

        tickFor(available, LENGTH.multipliedBy(10));

        assertThat(available.serves()).isTrue();
        assertThat(available.admits()).isFalse();
        assertThat(available.commits()).isFalse();
        assertThat(available.untilFence()).isZero();
    }

    @Test
    void doesNotServeOnIfItMayNot() {
        lease.renew(now(), LENGTH);
        tickFor(lease, LENGTH);

        assertThat(lease.serves()).isFalse();
    }

    @Test
    void aPauseOfMoreThanAThirdEndsItWhenItsTimeIsOver() {
        Lease available = drifting();
        tickFor(available, LENGTH);

        time.advance(LENGTH.dividedBy(3));
        assertThat(available.serves()).isTrue();
        time.advance(Duration.ofNanos(1));

        assertThat(available.serves()).isFalse();
        assertThat(available.tick()).isFalse();
        assertThat(available.serves()).isFalse();
        assertThat(available.renew(now(), LENGTH)).isFalse();
        assertThat(available.commits()).isFalse();
    }

    @Test
    void aSuspendedMachineIsAPauseToo() {
        Lease available = drifting();
        tickFor(available, LENGTH);

        time.shiftWallClock(LENGTH.dividedBy(2));

        assertThat(available.serves()).isFalse();
        assertThat(available.tick()).isFalse();
    }

    @Test
    void aPauseWithinItsTimeDoesNotMatter() {
        Lease available = drifting();
        time.advance(Duration.ofSeconds(8));

        assertThat(available.tick()).isTrue();

        tickFor(available, LENGTH);
        assertThat(available.serves()).isTrue();
    }

    @Test
    void aPauseThatLastsBeyondItsTimeEndsIt() {
        Lease available = drifting();
        tickFor(available, Duration.ofSeconds(5));

        time.advance(Duration.ofSeconds(4));

        assertThat(available.serves()).isFalse();
        assertThat(available.tick()).isFalse();
    }

    @Test
    void givenUpItDoesNotServeOn() {
        Lease available = drifting();
        tickFor(available, LENGTH);
        available.revoke();

        assertThat(available.serves()).isFalse();
        assertThat(available.tick()).isFalse();
    }

    @Test
    void comesAdriftAndBackOnce() {
        Lease available = drifting();
        assertThat(available.comesAdrift()).isFalse();
        tickFor(available, LENGTH);

        assertThat(available.comesBack()).isFalse();
        assertThat(available.comesAdrift()).isTrue();
        assertThat(available.comesAdrift()).isFalse();
        assertThat(available.isAdrift()).isTrue();
        assertThat(available.comesBack()).isFalse();
        available.renew(now(), LENGTH);

        assertThat(available.comesBack()).isTrue();
        assertThat(available.comesBack()).isFalse();
        assertThat(available.isAdrift()).isFalse();
    }

    @Test
    void ticksOncePerSecondOrTenTimesPerLease() {
        Lease available = new Lease(HostIncarnation.next(HostId.of("host")), time, OutagePolicy.AVAILABLE);
        assertThat(available.tickInterval()).isEqualTo(Duration.ofSeconds(1));
        available.renew(now(), Duration.ofSeconds(20));
        assertThat(available.tickInterval()).isEqualTo(Duration.ofSeconds(1));
        time.advance(Duration.ofMillis(1));
        available.renew(now(), Duration.ofSeconds(2));
        assertThat(available.tickInterval()).isBetween(Duration.ofMillis(200), Duration.ofMillis(201));
    }

    @Test
    void neverGrantedAndGivenUpItIsNotGrantedAnyMore() {
        lease.revoke();

        assertThat(lease.renew(now(), LENGTH)).isFalse();
        assertThat(lease.isGranted()).isFalse();
    }
}
