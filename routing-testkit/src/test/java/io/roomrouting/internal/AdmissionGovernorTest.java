package io.roomrouting.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lives beside the manual time, which core cannot depend on. */
class AdmissionGovernorTest {

    private static final int RATE = 500;
    private static final int BURST = 1_000;
    private static final Duration TURN = Duration.ofSeconds(1).dividedBy(RATE);

    private final ManualTime time = ManualTime.create();
    private final AdmissionGovernor governor = governor(1);

    private AdmissionGovernor governor(long seed) {
        return new AdmissionGovernor(RATE, BURST, time, new Random(seed));
    }

    /** How long to wait, or nothing for who is let in. */
    private static Optional<Duration> knock(AdmissionGovernor at) {
        try {
            at.admit();
            return Optional.empty();
        } catch (RoutingException e) {
            return e.retryAfter();
        }
    }

    private int admittedOf(int clients) {
        return admittedOf(governor, clients);
    }

    private static int admittedOf(AdmissionGovernor at, int clients) {
        int admitted = 0;
        for (int i = 0; i < clients; i++) {
            admitted += knock(at).isEmpty() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void aBurstIsLetInAndThenAsManyAsTheRateAllows() {
        assertThat(admittedOf(2_000)).isEqualTo(BURST);
        time.advance(Duration.ofMillis(100));
        assertThat(admittedOf(2_000)).isEqualTo(RATE / 10);
    }

    @Test
    void aQuietTimeRestoresTheBurstAndNoMore() {
        admittedOf(2_000);

        time.advance(Duration.ofHours(5));

        assertThat(admittedOf(2_000)).isEqualTo(BURST);
    }

    @Test
    void whoIsRefusedIsToldItsTurn() {
        admittedOf(BURST);

        for (int n = 1; n <= 5_000; n++) {
            Duration turn = TURN.multipliedBy(n);
            assertThat(knock(governor).orElseThrow())
                    .isBetween(turn, turn.plus(turn.dividedBy(4)).plusNanos(1));
        }
    }

    @Test
    void equalClientsArePartedByChance() {
        AdmissionGovernor one = governor(1);
        AdmissionGovernor other = governor(2);
        for (int i = 0; i < BURST; i++) {
            one.admit();
            other.admit();
        }

        assertThat(knock(one)).isNotEqualTo(knock(other));
    }

    @Test
    void theRefusalSaysThatTheHostIsOverloaded() {
        admittedOf(BURST);

        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(governor::admit)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    @Test
    void nobodyIsSentAwayForLong() {
        admittedOf(BURST + 100_000);

        assertThat(knock(governor).orElseThrow()).isBetween(Duration.ofSeconds(30), Duration.ofMillis(37_500));
    }

    @Test
    void theQueueShortensAsTimePasses() {
        admittedOf(BURST + 5_000);

        time.advance(Duration.ofSeconds(4));
        admittedOf(BURST + 1);
        Duration wait = knock(governor).orElseThrow();

        assertThat(wait).isBetween(Duration.ofSeconds(6), Duration.ofMillis(7_600));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aCrowdThatWaitsAsToldIsLetInAtTheRateAndNobodyStarves(long seed) {
        Crowd crowd = new Crowd(10_000, governor(seed));

        time.advance(Duration.ofSeconds(40));

        assertThat(crowd.admittedBySecond().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(10_000);
        assertThat(crowd.admittedWithin(24)).isEqualTo(10_000);
        assertThat(crowd.admittedWithin(18)).isGreaterThan(8_000);
        assertThat(crowd.mostAttempts()).isLessThanOrEqualTo(4);
        assertThat(crowd.admittedBySecond().get(0)).isLessThanOrEqualTo(BURST + RATE);
        assertThat(crowd.admittedBySecond().subList(1, 40))
                .allSatisfy(admitted -> assertThat(admitted).isLessThanOrEqualTo(RATE + RATE / 10));
        for (int seconds = 1; seconds <= 40; seconds++) {
            assertThat(crowd.admittedWithin(seconds)).isLessThanOrEqualTo(BURST + RATE * seconds);
        }
    }

    @Test
    void aCrowdThatIsTooLargeForOneRoundIsLetInToo() {
        Crowd crowd = new Crowd(40_000, governor);

        time.advance(Duration.ofSeconds(150));

        assertThat(crowd.admittedWithin(150)).isEqualTo(40_000);
        assertThat(crowd.mostAttempts()).isLessThanOrEqualTo(12);
    }

    @Test
    void manyThreadsGetNoMoreThanOneWould() throws InterruptedException, ExecutionException {
        int each = 1_000_000;
        int burst = 4 * each - 100;
        AdmissionGovernor busy = new AdmissionGovernor(RATE, burst, time, new Random(1));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                counts.add(threads.submit(() -> admittedOf(busy, each)));
            }
            int admitted = 0;
            for (Future<Integer> count : counts) {
                admitted += count.get();
            }
            assertThat(admitted).isEqualTo(burst);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Clients that all come at this moment, and come back when they are told to. */
    private final class Crowd {

        private final AdmissionGovernor door;
        private final long start = time.nanoTime();
        private final int[] attempts;
        private final List<Long> admitted = new ArrayList<>();

        Crowd(int clients, AdmissionGovernor door) {
            this.door = door;
            attempts = new int[clients];
            for (int client = 0; client < clients; client++) {
                attempt(client);
            }
        }

        private void attempt(int client) {
            attempts[client]++;
            knock(door)
                    .ifPresentOrElse(
                            wait -> time.schedule(wait, () -> attempt(client)),
                            () -> admitted.add(time.nanoTime() - start));
        }

        int mostAttempts() {
            int most = 0;
            for (int count : attempts) {
                most = Math.max(most, count);
            }
            return most;
        }

        int admittedWithin(int seconds) {
            return (int) admitted.stream()
                    .filter(at -> at < Duration.ofSeconds(seconds).toNanos())
                    .count();
        }

        List<Integer> admittedBySecond() {
            List<Integer> counts = new ArrayList<>();
            for (int second = 0; second < 40; second++) {
                counts.add(admittedWithin(second + 1) - admittedWithin(second));
            }
            return counts;
        }
    }
}
