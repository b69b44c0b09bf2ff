package io.roomrouting.hms;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * 100ms did not do what was asked. The variants are grouped by what to do next.
 *
 * <p>Messages may be shown to whoever asked: what 100ms says in them is shortened to one line, and tokens and the app's
 * secret are cut out.
 */
public abstract sealed class HmsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Zero when there was no answer. */
    private final int status;

    /** Zero when 100ms gave none. */
    private final int code;

    private HmsException(int status, int code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    /**
     * Returns the HTTP status that 100ms answered with.
     *
     * @return 100 to 999; empty if there was no answer
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * Returns the error code in the answer's body.
     *
     * @return the number that 100ms gave, which is mostly the status again; empty if it gave none
     */
    public OptionalInt code() {
        return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /**
     * 100ms refuses: any status from 400 to 499 but 408 and 429. Next step: correct the request; for 401 and 403 the app's
     * credentials.
     */
    public static final class Refused extends HmsException {
        private static final long serialVersionUID = 1L;

        Refused(int status, int code, String message) {
            super(status, code, message, null);
        }
    }

    /**
     * 100ms does not answer in time, cannot be reached, is overloaded or fails (408, 429, 500 to 599), and several attempts
     * did not help or the time was up. Next step: try again after {@link #retryAfter()}. Whether 100ms did what was asked is
     * not known; every request of {@link HmsClient} may be made again.
     */
    public static final class Unavailable extends HmsException {
        private static final long serialVersionUID = 1L;

        /** Kept as nanoseconds because exceptions are serializable; negative when 100ms gave no hint. */
        private final long retryAfterNanos;

        Unavailable(int status, int code, String message, Optional<Duration> retryAfter) {
            super(status, code, message, null);
            retryAfterNanos = retryAfter.map(Duration::toNanos).orElse(-1L);
        }

        Unavailable(String message, Throwable cause) {
            super(0, 0, message, cause);
            retryAfterNanos = -1;
        }

        /**
         * Returns how long 100ms wants to be left alone.
         *
         * @return at most an hour; empty if 100ms gave no hint
         */
        public Optional<Duration> retryAfter() {
            return retryAfterNanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(retryAfterNanos));
        }
    }

    /**
     * 100ms answered, but not as its interface says: another status, no JSON, fields that are missing or of another kind, a
     * different room, or far too much. Next step: none for the caller; look at what answers at the base URL.
     */
    public static final class BadAnswer extends HmsException {
        private static final long serialVersionUID = 1L;

        BadAnswer(int status, String message) {
            super(status, 0, message, null);
        }

        BadAnswer(int status, String message, Throwable cause) {
            super(status, 0, message, cause);
        }
    }
}
