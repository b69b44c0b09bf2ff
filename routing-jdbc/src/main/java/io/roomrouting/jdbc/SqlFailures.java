package io.roomrouting.jdbc;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Sorts the failures of a database by what to do next. */
final class SqlFailures {

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Deadlock and serialization failure; in H2 also a lock that was not to be had and a concurrent update. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03", "HYT00", "90131");

    /** PostgreSQL: the server goes down, has crashed, or is not up yet. H2: closed, being closed, connection broken. */
    private static final Set<String> LOST = Set.of("57P01", "57P02", "57P03", "90067", "90098", "90121");

    private static final String DUPLICATE_KEY = "23505";

    private SqlFailures() {}

    /** Somebody else was at the same rows: nothing has happened, and another attempt can succeed. */
    static boolean isConflict(SQLException failure) {
        return states(failure).anyMatch(CONFLICTS::contains);
    }

    /** The connection is gone, and whether the last statement took effect is not known. */
    static boolean isLost(SQLException failure) {
        return states(failure).anyMatch(state -> state.startsWith("08") || LOST.contains(state));
    }

    static boolean isDuplicateKey(SQLException failure) {
        return states(failure).anyMatch(DUPLICATE_KEY::equals);
    }

    /** What the caller is told. The message names neither the database nor its user; the cause does. */
    static RoutingException toCaller(SQLException failure) {
        if (states(failure).anyMatch(state -> state.startsWith("22"))) {
            return RoutingException.invalid("the database cannot hold one of the texts", failure);
        }
        return unavailable(describe(failure), failure);
    }

    static RoutingException unavailable(String why, Throwable cause) {
        return RoutingException.unavailable(ErrorCode.REGISTRY_UNAVAILABLE, "the database " + why, RETRY, cause);
    }

    private static String describe(SQLException failure) {
        if (failure instanceof UnusableDatabase) {
            return String.valueOf(failure.getMessage());
        }
        return states(failure)
                .map(SqlFailures::describeState)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(isWaitForConnection(failure) ? "is out of reach" : "has failed");
    }

    /** A pool that had no connection in time and knows no reason. */
    private static boolean isWaitForConnection(SQLException failure) {
        return failure instanceof SQLTransientConnectionException
                && states(failure).findAny().isEmpty();
    }

    private static Optional<String> describeState(String state) {
        if (isOneOf(state, "25006", "90097")) {
            return Optional.of("takes no writes");
        }
        if (isOneOf(state, "42501", "90096")) {
            return Optional.of("does not allow its user what is needed");
        }
        if (isOneOf(state, "57014", "HYT00", "40001", "40P01", "55P03")) {
            return Optional.of("did not answer in time");
        }
        return describeClass(state.substring(0, Math.min(2, state.length())), state);
    }

    private static Optional<String> describeClass(String stateClass, String state) {
        return switch (stateClass) {
            case "08" -> Optional.of("is out of reach");
            case "28", "3D" -> Optional.of("refuses the login");
            case "42" -> Optional.of("does not have the tables of this version");
            case "53" -> Optional.of("is full or out of resources");
            default -> LOST.contains(state) ? Optional.of("is out of reach") : Optional.empty();
        };
    }

    private static boolean isOneOf(String state, String... states) {
        return Set.of(states).contains(state);
    }

    /** The codes of a failure, of its causes and of what follows it. */
    private static Stream<String> states(SQLException failure) {
        return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null);
    }
}
