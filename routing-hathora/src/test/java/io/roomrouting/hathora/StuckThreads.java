package io.roomrouting.hathora;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks at what the threads of this process are doing. */
final class StuckThreads {

    private StuckThreads() {}

    /** Waits until no thread is in a search, a question to Hathora or an exchange over HTTP. */
    static void awaitNone() {
        await("no thread is left in the adapter")
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(1))
                .until(() -> Stream.of(
                                in(Search.class, "run"),
                                in(PatientCalls.class, "ask"),
                                in(SharedSearches.class, "find"),
                                named("okhttp3.internal.connection.RealCall$AsyncCall", "run"))
                        .allMatch(List::isEmpty));
    }

    /** The threads that have this method on their stack. */
    static List<Thread> in(Class<?> type, String method) {
        return named(type.getName(), method);
    }

    private static List<Thread> named(String type, String method) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(type)
                                && frame.getMethodName().equals(method)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
