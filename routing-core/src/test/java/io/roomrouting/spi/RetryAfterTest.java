package io.roomrouting.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0                             | 0
                    7                             | 7
                    ' 120 '                       | 120
                    999999999                     | 3600
                    Sat, 21 Nov 2026 12:00:30 GMT | 30
                    Sat, 21 Nov 2026 11:59:00 GMT | 0
                    Sun, 22 Nov 2026 12:00:00 GMT | 3600
                    """)
    void secondsAndDatesAreReadAndBounded(String header, long seconds) {
        assertThat(RetryAfter.read(header, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "-1", "1.5", "9999999999", "2026-11-21T12:00:30Z", "Sat, 99 Nov 2026 12:00:30 GMT"})
    void whatCannotBeReadIsNoWait(String header) {
        assertThat(RetryAfter.read(header, NOW)).isEmpty();
    }

    @Test
    void nobodyIsMadeToWaitForMoreThanAnHour() {
        assertThat(RetryAfter.LONGEST).isEqualTo(Duration.ofHours(1));
    }
}
