package io.roomrouting.testkit.hms;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides by lot whether a request meets with trouble, and with which. */
final class Moods implements Supplier<@Nullable FakeHmsAnswer> {

    private static final List<FakeHmsAnswer> TROUBLES = List.of(
            FakeHmsAnswer.error(500, "Something went wrong"),
            FakeHmsAnswer.of(502, "<html>Bad Gateway</html>"),
            FakeHmsAnswer.error(503, "Service unavailable").withHeader("Retry-After", "1"),
            FakeHmsAnswer.of(504, ""),
            FakeHmsAnswer.error(429, "Too many requests").withHeader("Retry-After", "1"),
            FakeHmsAnswer.hangUp(),
            FakeHmsAnswer.late(Duration.ofSeconds(2)));

    private final double share;
    private final Random random;

    Moods(double share, long seed) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share = " + share + ", must be 0 to 1");
        }
        this.share = share;
        random = new Random(seed);
    }

    @Override
    public @Nullable FakeHmsAnswer get() {
        return random.nextDouble() < share ? TROUBLES.get(random.nextInt(TROUBLES.size())) : null;
    }
}
