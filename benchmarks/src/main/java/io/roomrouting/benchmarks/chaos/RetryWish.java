package io.roomrouting.benchmarks.chaos;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server asks a client to wait. */
final class RetryWish {

    private static final Pattern IN_REASON = Pattern.compile(";retryAfterMs=([0-9]{1,9})$");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private RetryWish() {}

    /** In the reason of a close frame; every client has one of its own. */
    static Optional<Duration> in(String closeReason) {
        Matcher wish = IN_REASON.matcher(closeReason);
        return wish.find() ? Optional.of(Duration.ofMillis(Long.parseLong(wish.group(1)))) : Optional.empty();
    }

    /** In an HTTP answer; every client is told the same, so each adds up to a fifth. */
    static Optional<Duration> in(HttpResponse<?> answer, RandomGenerator random) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> {
                    long millis = Long.parseLong(text) * 1_000;
                    return Duration.ofMillis(millis + random.nextLong(millis / 5 + 1));
                });
    }

    /** Says whether a client that was closed with this code should look the room up again. */
    static boolean invites(int closeCode) {
        return switch (closeCode) {
            case 1001, 1006, 1011, 1013 -> true;
            default -> closeCode >= 4100 && closeCode < 4300;
        };
    }
}
