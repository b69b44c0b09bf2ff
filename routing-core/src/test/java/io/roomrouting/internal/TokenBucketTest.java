package io.roomrouting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = Math.subtractExact(Long.MAX_VALUE, SECOND);

    private static long taken(TokenBucket bucket, int attempts, long now) {
        return LongStream.range(0, attempts).filter(i -> bucket.take(now)).count();
    }

    @Test
    void givesTheBurstAtOnceAndTheRateInTheLongRun() {
        TokenBucket bucket = new TokenBucket(50, 100, START);

        assertThat(taken(bucket, 200, START)).isEqualTo(100);
        assertThat(taken(bucket, 200, START + SECOND)).isEqualTo(50);
        assertThat(taken(bucket, 200, START + SECOND + SECOND / 10)).isEqualTo(5);
    }

    @Test
    void savesUpNoMoreThanTheBurst() {
        TokenBucket bucket = new TokenBucket(50, 100, START);

        assertThat(taken(bucket, 200, START + 3_600 * SECOND)).isEqualTo(100);
    }

    @Test
    void countsOnWhenTheClockOverflows() {
        TokenBucket bucket = new TokenBucket(1, 1, START);
        taken(bucket, 1, START);

        assertThat(bucket.take(START + 2 * SECOND)).isTrue();
    }

    @Test
    void aClockThatStandsStillGivesNothing() {
        TokenBucket bucket = new TokenBucket(1_000_000, 1, START);

        assertThat(taken(bucket, 10, START)).isEqualTo(1);
        assertThat(taken(bucket, 10, START - SECOND)).isZero();
    }
}
