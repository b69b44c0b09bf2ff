package io.roomrouting.benchmarks.chaos;

import io.roomrouting.benchmarks.chaos.check.Fault;
import io.roomrouting.session.SessionLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a chaos run does.
 *
 * @param clients how many clients there are, 1 to 1,000
 * @param rooms in how many rooms, 1 to 1,000
 * @param lease how long a dead host keeps its rooms at most, 6 s to 60 s
 * @param faults what is done, in this order
 * @param talk how long the clients talk undisturbed before each fault, 1 s to 60 s
 * @param rate how many messages each client says per second, 1 to 20
 * @param engine where hosts, rooms and what they were like are kept
 * @param cut how long a network stays cut, 1 s to 120 s
 * @param admissions how many clients a host lets in per second, 1 to 10,000; at once it lets in twice as many
 */
record ChaosSettings(
        int clients,
        int rooms,
        Duration lease,
        List<Fault.Kind> faults,
        Duration talk,
        int rate,
        EngineKind engine,
        Duration cut,
        int admissions) {

    /** Over how long a host that drains spreads the clients' return. */
    static final Duration DRAIN_SPREAD = Duration.ofMillis(500);

    /** A stopped host's connections may linger. */
    private static final int CONNECTIONS_PER_ADDRESS = 10_000;

    private static final ChaosSettings DEFAULTS = new ChaosSettings(
            200,
            50,
            Duration.ofSeconds(15),
            List.of(),
            Duration.ofSeconds(12),
            2,
            EngineKind.LIST,
            Duration.ofSeconds(30),
            500);

    ChaosSettings {
        faults = List.copyOf(faults);
        check("clients", clients, 1, 1_000);
        check("rooms", rooms, 1, 1_000);
        check("lease", lease.toSeconds(), 6, 60);
        check("faults", faults.size(), 0, 20);
        check("cut", cut.toSeconds(), 1, 120);
        check("seconds", talk.toSeconds(), 1, 60);
        check("rate", rate, 1, 20);
        check("admissions", admissions, 1, 10_000);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the argument that is unknown or out of bounds
     */
    static ChaosSettings read(String... arguments) {
        ChaosSettings settings = DEFAULTS;
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            settings = settings.with(parts[0], value, argument);
        }
        if (settings.faults().isEmpty()) {
            return settings.withFaults(usual(settings.engine()));
        }
        if (settings.engine() == EngineKind.LIST && settings.faults().stream().anyMatch(Fault.Kind::needsEngine)) {
            throw new IllegalArgumentException(
                    "--faults: without --engine=postgresql or redis there are kill, stop, drain");
        }
        return settings;
    }

    private static List<Fault.Kind> usual(EngineKind engine) {
        return Arrays.stream(Fault.Kind.values())
                .filter(kind -> engine != EngineKind.LIST || !kind.needsEngine())
                .toList();
    }

    /** What the hosts allow: the defaults, but that all clients of a run come from one address. */
    SessionLimits limits() {
        return SessionLimits.defaults()
                .withConnectionsPerAddress(CONNECTIONS_PER_ADDRESS)
                .withAdmissions(admissions, 2 * admissions);
    }

    private ChaosSettings with(String name, String value, String argument) {
        return switch (name) {
            case "--clients" ->
                new ChaosSettings(number(value, argument), rooms, lease, faults, talk, rate, engine, cut, admissions);
            case "--rooms" ->
                new ChaosSettings(clients, number(value, argument), lease, faults, talk, rate, engine, cut, admissions);
            case "--lease" ->
                new ChaosSettings(
                        clients, rooms, seconds(value, argument), faults, talk, rate, engine, cut, admissions);
            case "--faults" -> withFaults(faultsIn(value, argument));
            case "--seconds" ->
                new ChaosSettings(
                        clients, rooms, lease, faults, seconds(value, argument), rate, engine, cut, admissions);
            case "--rate" ->
                new ChaosSettings(
                        clients, rooms, lease, faults, talk, number(value, argument), engine, cut, admissions);
            case "--engine" ->
                new ChaosSettings(
                        clients, rooms, lease, faults, talk, rate, EngineKind.named(value, argument), cut, admissions);
            case "--cut" ->
                new ChaosSettings(
                        clients, rooms, lease, faults, talk, rate, engine, seconds(value, argument), admissions);
            case "--admissions" ->
                new ChaosSettings(clients, rooms, lease, faults, talk, rate, engine, cut, number(value, argument));
            default ->
                throw new IllegalArgumentException(argument
                        + " is unknown; there are --clients=200 --rooms=50 --lease=15 --faults=kill,stop,drain"
                        + " --seconds=12 --rate=2 --engine=list --cut=30 --admissions=500");
        };
    }

    private ChaosSettings withFaults(List<Fault.Kind> kinds) {
        return new ChaosSettings(clients, rooms, lease, kinds, talk, rate, engine, cut, admissions);
    }

    private static List<Fault.Kind> faultsIn(String value, String argument) {
        return Arrays.stream(value.split(",", -1))
                .map(name -> Arrays.stream(Fault.Kind.values())
                        .filter(kind -> kind.label().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(argument + " names no fault: " + name)))
                .toList();
    }

    private static Duration seconds(String value, String argument) {
        return Duration.ofSeconds(number(value, argument));
    }

    private static int number(String value, String argument) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(argument + " needs a whole number", e);
        }
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("--" + name + ": " + value + " is not within " + least + " to " + most);
        }
    }
}
