package io.roomrouting.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Optional<Duration> NO_WISH = Optional.empty();

    private final BackOff backOff = new BackOff(new Random(1));

    @Test
    void withoutAWishItDoublesFromAFifthOfASecondToFiveSeconds() {
        long top = 200;
        for (int failure = 0; failure < 30; failure++) {
            assertThat(backOff.next(NO_WISH).toMillis()).isBetween(top / 2, top);
            top = Math.min(5_000, 2 * top);
        }

        backOff.reset();
        assertThat(backOff.next(NO_WISH).toMillis()).isBetween(100L, 200L);
    }

    @Test
    void aWishIsObeyedAndLengthenedOnlyAfterSeveralFailures() {
        Duration wish = Duration.ofMillis(1);

        assertThat(backOff.next(Optional.of(wish))).isEqualTo(wish);
        assertThat(backOff.next(Optional.of(wish))).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(backOff.next(Optional.of(Duration.ofMinutes(1)))).isEqualTo(Duration.ofMinutes(1));
    }
}
