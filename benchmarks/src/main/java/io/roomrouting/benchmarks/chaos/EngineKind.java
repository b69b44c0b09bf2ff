package io.roomrouting.benchmarks.chaos;

import java.util.Arrays;
import java.util.Locale;

/** Where a fleet keeps its hosts, its rooms and what these are like. */
enum EngineKind {
    /** A backend that has a list of hosts, with a directory that the hosts share. */
    LIST,
    /** PostgreSQL, for all. */
    POSTGRESQL,
    /** Redis, for all. */
    REDIS;

    /** The engine of this name, as it is written on the command line. */
    static EngineKind named(String name, String argument) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(argument + " names no engine: list, postgresql, redis"));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
