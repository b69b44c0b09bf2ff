package io.roomrouting.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryWishTest {

    @Test
    void aCloseReasonMayHoldAWish() {
        assertThat(RetryWish.in("MOVED;retryAfterMs=1200")).contains(Duration.ofMillis(1200));
        assertThat(RetryWish.in("MOVED")).isEmpty();
        assertThat(RetryWish.in("MOVED;retryAfterMs=soon")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1006, 1011, 1013, 4100, 4105, 4299})
    void someCodesInvite(int code) {
        assertThat(RetryWish.invites(code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1002, 1007, 1008, 1009, 4000, 4099, 4300, 4499})
    void othersDoNot(int code) {
        assertThat(RetryWish.invites(code)).isFalse();
    }
}
