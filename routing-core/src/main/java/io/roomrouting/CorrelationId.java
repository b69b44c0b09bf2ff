package io.roomrouting;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Ties together what is logged about one client's way into a room, from the look-up through the ticket to the room: 1 to
 * 64 characters of {@code A-Z a-z 0-9 . _ -}, so that it fits into a header and cannot break a log line. It may come from
 * the client, and proves nothing.
 *
 * <p>{@link #during} gives it to the log lines of a piece of work, as {@value #MDC_KEY} in SLF4J's {@link MDC}. Without a
 * logging backend that has an MDC nothing is logged of it, and nothing else changes.
 *
 * @param value the id as it stands in headers, tickets and logs
 */
public record CorrelationId(String value) {

    /** The key in SLF4J's MDC. */
    public static final String MDC_KEY = "correlationId";

    /** The HTTP header in which a client may name its request, and in which the server tells the name. */
    public static final String REQUEST_HEADER = "X-Request-Id";

    /** The HTTP header of W3C Trace Context: {@code 00-<trace id>-<parent id>-<flags>}, in small letters. */
    private static final String TRACE_HEADER = "traceparent";

    private static final Pattern TRACE =
            Pattern.compile("(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final String FIRST_VERSION = "00-";
    private static final int FIRST_VERSION_LENGTH = 55;

    /** The longest id. */
    public static final int MAX_LENGTH = 64;

    /** Keeps processes apart whose other generators were seeded alike. */
    private static final long PROCESS = new SecureRandom().nextLong();

    /**
     * Checks the format.
     *
     * @throws RoutingException.InvalidRequest if the value is not a correlation id
     */
    public CorrelationId {
        if (!isId(value)) {
            throw RoutingException.invalid("a correlation id is 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    /**
     * Returns an id that nobody else has: 32 hexadecimal digits, as a W3C trace id. Not a secret, and not hard to guess.
     *
     * @return a fresh id
     */
    public static CorrelationId random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return new CorrelationId(hex.toHexDigits(PROCESS ^ random.nextLong()) + hex.toHexDigits(random.nextLong()));
    }

    /**
     * Reads what a stranger sent.
     *
     * @param text anything
     * @return the id; empty if it is none
     */
    public static Optional<CorrelationId> parse(String text) {
        return isId(text) ? Optional.of(new CorrelationId(text)) : Optional.empty();
    }

    /**
     * Reads what a client calls its HTTP request: the trace id of a {@code traceparent} (W3C Trace Context), or else its
     * {@value #REQUEST_HEADER}.
     *
     * @param headers returns the value of a header by its name, whose case does not count; empty if there is none, or several
     * @return the id; empty if there is no valid one
     */
    public static Optional<CorrelationId> inRequest(Function<String, Optional<String>> headers) {
        return headers.apply(TRACE_HEADER)
                .flatMap(CorrelationId::traceIn)
                .or(() -> headers.apply(REQUEST_HEADER).flatMap(CorrelationId::parse));
    }

    /** A later version may have more fields than the first. */
    private static Optional<CorrelationId> traceIn(String traceparent) {
        Matcher matcher = TRACE.matcher(traceparent);
        boolean valid = matcher.matches()
                && (traceparent.length() == FIRST_VERSION_LENGTH || !traceparent.startsWith(FIRST_VERSION));
        return valid ? Optional.of(new CorrelationId(matcher.group(1))) : Optional.empty();
    }

    /**
     * Returns the id that the log lines of this thread carry now.
     *
     * @return empty if there is none, or if the logging backend has no MDC
     */
    public static Optional<CorrelationId> current() {
        String known = MDC.get(MDC_KEY);
        return known == null ? Optional.empty() : parse(known);
    }

    /**
     * Does something on this thread whose log lines carry an id; afterwards they carry again what they did before.
     *
     * @param id the id; empty for log lines without one
     * @param work what to do
     * @param <T> what it returns
     * @param <X> what it throws
     * @return what the work returned
     * @throws X if the work does
     */
    public static <T, X extends Exception> T during(Optional<CorrelationId> id, Work<T, X> work) throws X {
        String before = MDC.get(MDC_KEY);
        String now = id.isPresent() ? id.get().value() : null;
        if (now == null ? before == null : now.equals(before)) {
            return work.run();
        }
        mark(now);
        try {
            return work.run();
        } finally {
            mark(before);
        }
    }

    /**
     * Does something on this thread whose log lines carry an id; afterwards they carry again what they did before.
     *
     * @param id the id; empty for log lines without one
     * @param work what to do
     */
    public static void during(Optional<CorrelationId> id, Runnable work) {
        during(id, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /**
     * Lets work that is done elsewhere go on under the id that this thread's log lines carry now.
     *
     * @param work what to do
     * @return the same work, to be run on any thread
     */
    public static Runnable carriedOn(Runnable work) {
        Optional<CorrelationId> id = current();
        return id.isEmpty() ? work : () -> during(id, work);
    }

    /**
     * What is done under an id.
     *
     * @param <T> what it returns
     * @param <X> what it throws
     */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {

        /**
         * Does it.
         *
         * @return what the work is for
         * @throws X if it fails
         */
        T run() throws X;
    }

    @Override
    public String toString() {
        return value;
    }

    private static void mark(@Nullable String id) {
        if (id == null) {
            MDC.remove(MDC_KEY);
        } else {
            MDC.put(MDC_KEY, id);
        }
    }

    /** A loop because every request and every ticket comes by here. */
    private static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '_' && c != '-' && c != '.') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }
}
