package io.roomrouting.examples.engines;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Tells the failures of a database that pass by themselves from those that an operator has to end. */
final class Troubles {

    /** The login is refused, there is no such database, rights are missing. */
    private static final Set<String> LASTING_CLASSES = Set.of("28", "3D");

    /**
     * PostgreSQL: rights are missing. H2: rights are missing; an option that it does not know, or not together with the
     * others; a file of another version, or one that cannot be made, read or written.
     */
    private static final Set<String> LASTING =
            Set.of("42501", "90096", "90113", "HYC00", "90048", "90028", "90031", "90062", "90124");

    private Troubles() {}

    static boolean areLasting(Throwable trouble) {
        List<String> states = states(trouble);
        if (states.isEmpty()) {
            // Either nobody has answered, or the library itself finds that it cannot work with what it found.
            return chain(trouble).noneMatch(SQLTransientException.class::isInstance);
        }
        return states.stream().anyMatch(Troubles::isLasting);
    }

    /** What the engine or its driver said, which is what an operator can look up. */
    static String rootOf(Throwable trouble) {
        return String.valueOf(
                chain(trouble).reduce((outer, inner) -> inner).orElse(trouble).getMessage());
    }

    private static boolean isLasting(String state) {
        return LASTING.contains(state) || LASTING_CLASSES.contains(state.substring(0, Math.min(2, state.length())));
    }

    private static List<String> states(Throwable trouble) {
        return chain(trouble)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull)
                .toList();
    }

    private static Stream<Throwable> chain(Throwable trouble) {
        return Stream.iterate(trouble, cause -> cause != null, Throwable::getCause)
                .limit(10);
    }
}
