package io.roomrouting.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a room has led to: a result, or that first somebody has to write down that a lease has ended. That is a
 * transaction of its own, so that nobody holds the locks of two hosts.
 */
final class Outcome<T> {

    private final @Nullable T result;
    private final OptionalLong overdue;

    private Outcome(@Nullable T result, OptionalLong overdue) {
        this.result = result;
        this.overdue = overdue;
    }

    static <T> Outcome<T> of(T result) {
        return new Outcome<>(result, OptionalLong.empty());
    }

    /** Undecided if the owner's time is over but its lease has not been ended. */
    static <T> Step<T> undecided(Optional<LeaseRow> backing) {
        Optional<Outcome<T>> overdue =
                backing.filter(LeaseRow::isUndecided).map(lease -> new Outcome<T>(null, OptionalLong.of(lease.id())));
        return otherwise -> overdue.isPresent() ? overdue.get() : of(otherwise.take());
    }

    /** Says whether there is a result; if there is none, clears the way for the next look. */
    boolean isKnown(Call call) throws SQLException {
        if (overdue.isPresent()) {
            call.update(HostSql.END_IF_OVER, overdue.getAsLong());
        }
        return overdue.isEmpty();
    }

    T result() {
        if (result == null) {
            throw new IllegalStateException("there is no result yet");
        }
        return result;
    }

    /** The second half of a decision. */
    @FunctionalInterface
    interface Step<T> {
        Outcome<T> orElse(Otherwise<T> otherwise) throws SQLException;
    }

    /** What is decided when nothing stands in the way. */
    @FunctionalInterface
    interface Otherwise<T> {
        T take() throws SQLException;
    }
}
