package io.roomrouting.benchmarks.chaos;

import io.roomrouting.benchmarks.chaos.check.Fault;
import io.roomrouting.benchmarks.chaos.check.History;
import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Admitted;
import io.roomrouting.benchmarks.chaos.check.Seat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run: gathers the clients, does the faults one after the other, and returns what was seen. */
final class ChaosRun {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    /** How long a stopped host stays stopped after its lease, and how long it is watched when it goes on. */
    private static final Duration BEYOND = Duration.ofSeconds(3);

    /** How long clients take to see that their connections have ended. */
    private static final Duration NOTICE = Duration.ofSeconds(1);

    private final ChaosSettings settings;
    private final Cluster cluster;
    private final Crowd crowd;
    private final PrintStream out;
    private final List<Fault> faults = new ArrayList<>();
    private final long start;

    /** Says whether something has come to pass. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private ChaosRun(ChaosSettings settings, Cluster cluster, Crowd crowd, PrintStream out, long start) {
        this.start = start;
        this.settings = settings;
        this.cluster = cluster;
        this.crowd = crowd;
        this.out = out;
    }

    /** Runs; takes a little over a minute with the defaults, and never much longer than its bounds. */
    static History run(ChaosSettings settings, Path directory, PrintStream out)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Cluster cluster = Cluster.start(directory, settings);
                Crowd crowd = new Crowd(cluster.backends())) {
            return new ChaosRun(settings, cluster, crowd, out, start).history();
        }
    }

    private History history() throws IOException, InterruptedException {
        List<String> rooms =
                crowd.createRooms(settings.rooms(), settings.lease().plus(PATIENCE));
        say("gathering " + settings.clients() + " clients in " + rooms.size() + " rooms");
        crowd.gather(settings.clients(), rooms, settings.rate());
        awaitCalm();
        for (Fault.Kind kind : settings.faults()) {
            say("talking");
            TimeUnit.NANOSECONDS.sleep(settings.talk().toNanos());
            commit(kind);
        }
        TimeUnit.NANOSECONDS.sleep(settings.talk().toNanos());
        crowd.hush();
        await("all messages are confirmed", crowd::isQuiet);
        awaitDeliveries();
        if (keepsAll()) {
            long quiet = System.nanoTime();
            crowd.talkOnce();
            await("everything is kept", () -> crowd.ask(() -> crowd.recorder().areKeptSince(rooms, quiet)));
            await("all messages are confirmed", crowd::isQuiet);
            awaitDeliveries();
        }
        List<Accepted> accepted = new ArrayList<>();
        List<Admitted> admitted = new ArrayList<>();
        cluster.readLogs(accepted::add, admitted::add);
        say("ended with " + accepted.size() + " messages");
        History seen = crowd.ask(() -> crowd.recorder().history(accepted, admitted, faults));
        return keepsAll() ? seen.withStored(stored(rooms)) : seen;
    }

    /** What the rooms hold when all hosts have been killed: what the engine has, and nothing else. */
    private Map<String, List<String>> stored(List<String> rooms) throws IOException, InterruptedException {
        say("killing all hosts, to see what the engine has");
        for (String host : cluster.hosts()) {
            cluster.process(host).signal("KILL");
        }
        for (String host : cluster.hosts()) {
            cluster.restart(host);
        }
        TimeUnit.NANOSECONDS.sleep(NOTICE.toNanos());
        awaitCalm();
        crowd.askForAll();
        await(
                "every room has told",
                () -> crowd.ask(() -> crowd.recorder().stored().keySet().containsAll(rooms)));
        return crowd.ask(() -> crowd.recorder().stored());
    }

    private boolean keepsAll() {
        return settings.engine() != EngineKind.LIST;
    }

    private void commit(Fault.Kind kind) throws IOException, InterruptedException {
        faults.add(kind.movesRooms() ? troubleHost(kind) : troubleAll(kind));
    }

    private Fault troubleHost(Fault.Kind kind) throws IOException, InterruptedException {
        String host = busiest();
        Map<String, Long> epochs = crowd.ask(() -> crowd.recorder().epochsOn(host));
        Set<Seat> seats = crowd.seatsOn(host);
        say(kind.label() + " " + host + " with " + epochs.size() + " rooms and " + seats.size() + " sessions");
        long at = System.nanoTime();
        switch (kind) {
            case KILL -> cluster.process(host).signal("KILL");
            case STOP -> cluster.process(host).signal("STOP");
            case DRAIN -> cluster.process(host).signal("TERM");
            case CUT_HOST -> cluster.engine().cut(host);
            case ENGINE, CUT_BACKEND, CUT_ALL ->
                throw new IllegalArgumentException(kind + " concerns more than a host");
        }
        await(
                "the rooms are served again",
                () -> crowd.ask(() -> crowd.recorder().isServedAfter(epochs)));
        long healed = at;
        switch (kind) {
            case STOP -> {
                rest(at, settings.lease().plus(BEYOND));
                say("letting it go on");
                cluster.process(host).signal("CONT");
                TimeUnit.NANOSECONDS.sleep(BEYOND.toNanos());
            }
            case CUT_HOST -> {
                rest(at, settings.cut());
                say("healing the network");
                cluster.engine().heal(host);
                healed = System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(BEYOND.toNanos());
            }
            default -> cluster.restart(host);
        }
        awaitCalm();
        return new Fault(kind, host, at, healed, System.nanoTime(), epochs, seats);
    }

    /** Half of the clients look for their rooms meanwhile. */
    private Fault troubleAll(Fault.Kind kind) throws IOException, InterruptedException {
        Map<String, Long> epochs = crowd.ask(() -> crowd.recorder().epochs());
        Set<Seat> seats = kind == Fault.Kind.CUT_ALL ? crowd.seats() : crowd.breakHalf(settings.rooms());
        String victim = Cluster.backend(0);
        say(kind.label() + " with " + epochs.size() + " rooms; " + seats.size() + " sessions are concerned");
        long at = System.nanoTime();
        long healed = at;
        switch (kind) {
            case ENGINE -> {
                victim = settings.engine().label();
                cluster.engine().restart();
                healed = System.nanoTime();
            }
            case CUT_BACKEND -> {
                cluster.engine().cut(victim);
                rest(at, settings.cut());
                cluster.engine().heal(victim);
            }
            default -> {
                victim = "all";
                cluster.engine().cutAll();
                rest(at, settings.cut());
                cluster.engine().healAll();
                healed = System.nanoTime();
            }
        }
        say("it is over");
        long over = healed;
        await(
                "every room keeps what is said again",
                () -> crowd.ask(() -> crowd.recorder().areKeptSince(epochs.keySet(), over)));
        awaitCalm();
        return new Fault(kind, victim, at, healed, System.nanoTime(), epochs, seats);
    }

    private static void rest(long since, Duration whole) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(
                Math.max(0, whole.minusNanos(System.nanoTime() - since).toNanos()));
    }

    /** The host with the most sessions. */
    private String busiest() throws InterruptedException {
        Map<String, Integer> sessions = new HashMap<>();
        for (String host : cluster.hosts()) {
            sessions.put(host, crowd.seatsOn(host).size());
        }
        return cluster.hosts().stream()
                .max(Comparator.comparing(host -> sessions.getOrDefault(host, 0)))
                .orElseThrow();
    }

    private void awaitCalm() throws InterruptedException {
        await("every host is ready", cluster::isReady);
        await("every client is in", crowd::areAllIn);
    }

    /** Until nothing more arrives; what is missing then, is missing. */
    private void awaitDeliveries() throws InterruptedException {
        int before = -1;
        for (int now = deliveries(); now != before; now = deliveries()) {
            before = now;
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private int deliveries() throws InterruptedException {
        return crowd.ask(() -> crowd.recorder().deliveries());
    }

    private void await(String what, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + settings.lease().plus(PATIENCE).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain until " + what + "; " + crowd.stragglers());
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    private void say(String what) {
        out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }
}
