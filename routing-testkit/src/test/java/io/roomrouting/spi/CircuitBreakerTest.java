package io.roomrouting.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final Duration OPEN = Duration.ofSeconds(5);

    private final ManualTime time = ManualTime.create();
    private final CircuitBreaker breaker = new CircuitBreaker(time, 3, OPEN);

    @Test
    void letsThroughUntilThereWereTooManyFailuresInARow() {
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isFalse();
        breaker.succeeded();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.tryPass()).isEmpty();

        assertThat(breaker.failed()).isTrue();

        assertThat(breaker.tryPass()).contains(OPEN);
    }

    @Test
    void letsOneThroughWhenItsTimeIsOverAndAllWhenThatOneSucceeds() {
        open();
        time.advance(OPEN);

        assertThat(breaker.tryPass()).isEmpty();
        assertThat(breaker.tryPass()).isPresent();
        breaker.succeeded();

        assertThat(breaker.tryPass()).isEmpty();
        assertThat(breaker.tryPass()).isEmpty();
    }

    @Test
    void sayingWhetherTheNextIsLetThroughLetsNobodyThrough() {
        assertThat(breaker.closedFor()).isEmpty();
        open();
        assertThat(breaker.closedFor()).contains(OPEN);
        time.advance(OPEN);

        assertThat(breaker.closedFor()).isEmpty();
        assertThat(breaker.closedFor()).isEmpty();
        assertThat(breaker.tryPass()).isEmpty();
        assertThat(breaker.closedFor()).isPresent();
    }

    @Test
    void staysClosedToAllWhenTheOneFails() {
        open();
        time.advance(OPEN);
        assertThat(breaker.tryPass()).isEmpty();

        breaker.failed();

        assertThat(breaker.tryPass()).isPresent();
    }

    @Test
    void letsTheNextOneThroughWhenTheOneIsNeverHeardOfAgain() {
        open();
        time.advance(OPEN);
        assertThat(breaker.tryPass()).isEmpty();

        time.advance(OPEN);

        assertThat(breaker.tryPass()).isEmpty();
    }

    private void open() {
        breaker.failed();
        breaker.failed();
        breaker.failed();
    }
}
