package io.roomrouting.testkit;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What happened on a connection, for people who read why a test failed. Thread-safe. */
final class Transcript {

    private static final int MAX_SHOWN = 200;

    private final TimeSource time;
    private final long start;
    private final List<Line> lines = new ArrayList<>();

    private record Line(Duration at, String text, @Nullable RecordedMessage message) {}

    Transcript(TimeSource time, long start) {
        this.time = time;
        this.start = start;
    }

    void happened(String text) {
        add(text, null);
    }

    void received(RecordedMessage message) {
        add("<- " + message, message);
    }

    private synchronized void add(String text, @Nullable RecordedMessage message) {
        lines.add(new Line(Duration.ofNanos(time.nanoTime() - start), text, message));
    }

    /** Shows the newest lines, those with a message that fulfils the condition marked with an asterisk. */
    synchronized String show(Predicate<RecordedMessage> marked) {
        StringBuilder text = new StringBuilder();
        int hidden = Math.max(0, lines.size() - MAX_SHOWN);
        if (hidden > 0) {
            text.append("  (").append(hidden).append(" earlier lines)\n");
        }
        for (Line line : lines.subList(hidden, lines.size())) {
            boolean mark = line.message() != null && marked.test(line.message());
            text.append(String.format(Locale.ROOT, "%10.3f s %s ", line.at().toMillis() / 1000.0, mark ? "*" : " "))
                    .append(line.text())
                    .append('\n');
        }
        return text.toString();
    }
}
