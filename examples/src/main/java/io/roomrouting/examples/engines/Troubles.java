package io.roomrouting.examples.engines;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tells the failures of a database that pass by themselves from those that an operator has to end. */
final class Troubles {

    /**
     * Out of reach, out of resources, stopping or starting, in conflict with others, waiting for a lock, or only to be read
     * while another takes over.
     */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "40", "55");

    /** The same in H2: closed, being closed, connection broken, file in use, locked, read-only. */
    private static final Set<String> PASSING =
            Set.of("25006", "90067", "90098", "90121", "90020", "90131", "HYT00", "90097");

    private Troubles() {}

    static boolean mayPass(Throwable trouble) {
        List<SQLException> failures = chain(trouble)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .toList();
        List<String> states = failures.stream()
                .map(SQLException::getSQLState)
                .filter(state -> state != null)
                .toList();
        if (states.isEmpty()) {
            return failures.stream().anyMatch(SQLTransientConnectionException.class::isInstance);
        }
        return states.stream().allMatch(Troubles::isPassing);
    }

    /** What the engine or its driver said, which is what an operator can look up. */
    static String rootOf(Throwable trouble) {
        return String.valueOf(
                chain(trouble).reduce((outer, inner) -> inner).orElse(trouble).getMessage());
    }

    private static boolean isPassing(String state) {
        return PASSING.contains(state) || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
    }

    private static Stream<Throwable> chain(Throwable trouble) {
        return Stream.iterate(trouble, cause -> cause != null, Throwable::getCause)
                .limit(10);
    }
}
