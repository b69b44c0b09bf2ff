package io.roomrouting.testkit.sim;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.spi.CloseFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A user who wants to be in one room: looks it up through any router, connects, talks, obeys close frames, and comes back
 * after a growing delay when it was thrown out or hears nothing.
 */
final class SimulatedClient {

    private static final Duration LOOK_UP_PATIENCE = Duration.ofSeconds(6);
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_SPARE_TICKETS = 12;
    private static final String DELAY = ";retryAfterMs=";

    private final Cluster cluster;
    private final Node node;
    private final RoomId room;
    private final RoomSpec spec;
    private final SplittableRandom random;
    private final List<Route> routes = new ArrayList<>();
    private final boolean wantsSeat;
    private Conversation conversation = new Conversation();
    private int attempt;
    private int failures;
    private int newestMessage;

    SimulatedClient(Cluster cluster, Node node, int index, SplittableRandom random) {
        SimulationConfig config = cluster.config();
        this.cluster = cluster;
        this.node = node;
        this.random = random;
        this.room = RoomId.of("room-" + (1 + index % config.rooms()));
        this.spec = config.has(Trouble.TIGHT_ROOMS)
                ? RoomSpec.defaults().withMaxClients(config.roomLimit())
                : RoomSpec.defaults();
        this.wantsSeat = config.has(Trouble.SEATS) && random.nextInt(4) > 0;
        cluster.after(millis(1, 3_000), this::lookUp);
    }

    Node node() {
        return node;
    }

    SplittableRandom random() {
        return random;
    }

    Cluster cluster() {
        return cluster;
    }

    Duration millis(int from, int to) {
        return Duration.ofMillis(random.nextInt(from, to));
    }

    /** The name of a message that nobody has sent before. */
    String nextMessage() {
        return node + ":" + ++newestMessage;
    }

    // Looking up

    void lookUp() {
        int mine = ++attempt;
        ask(
                route -> {
                    if (mine == attempt) {
                        connect(route);
                    }
                },
                refusal -> {
                    if (mine == attempt) {
                        cluster.history().add(node.toString(), new Happening.NotLed(node.toString(), refusal.name()));
                        comeBack(backOff());
                    }
                });
        cluster.after(LOOK_UP_PATIENCE, () -> {
            if (mine == attempt) {
                comeBack(backOff());
            }
        });
    }

    /** Gets a ticket that is not used now. */
    void lookUpInReserve() {
        ask(this::keep, refusal -> {});
    }

    private void ask(Consumer<Route> routed, Consumer<ErrorCode> refused) {
        RouterNode router =
                cluster.routers().get(random.nextInt(cluster.routers().size()));
        router.ask(node, node.toString(), room, spec, answer -> {
            answer.route().ifPresent(routed);
            answer.refusal().ifPresent(refused);
        });
    }

    private void keep(Route route) {
        if (routes.size() >= MOST_SPARE_TICKETS) {
            // The first stays, to be shown when it is old.
            routes.remove(1);
        }
        routes.add(route);
    }

    // In the room

    private void connect(Route route) {
        keep(route);
        int mine = ++attempt;
        Visit visit = new Visit(this, hostAt(route.address()), () -> mine == attempt);
        visit.begin(route.ticket());
        cluster.after(JOIN_PATIENCE, () -> {
            if (mine == attempt && !visit.isIn()) {
                visit.giveUp();
            }
        });
    }

    HostLife hostAt(HostAddress address) {
        return cluster.hosts().stream()
                .filter(host -> host.address().equals(address))
                .findFirst()
                .orElseThrow()
                .life();
    }

    Conversation conversation() {
        return conversation;
    }

    /** A new session begins, whatever was said before. */
    Conversation startOver() {
        conversation = new Conversation();
        return conversation;
    }

    boolean wantsSeat() {
        return wantsSeat;
    }

    /** The current visit goes well. */
    void isServed() {
        failures = 0;
    }

    /** The current visit is over. */
    void isOut(Duration pause) {
        comeBack(pause.isZero() ? backOff() : pause);
    }

    private void comeBack(Duration pause) {
        int mine = ++attempt;
        cluster.after(pause, () -> {
            if (mine == attempt) {
                lookUp();
            }
        });
    }

    private Duration backOff() {
        failures = Math.min(failures + 1, 4);
        return millis(50, 100 + (200 << failures));
    }

    /** How long a close frame wishes the client to wait; a client that must not retry comes back a little later here. */
    Duration pauseAfter(CloseFrame frame) {
        int at = frame.reason().indexOf(DELAY);
        if (at >= 0) {
            return Duration.ofMillis(Long.parseLong(frame.reason().substring(at + DELAY.length())));
        }
        return staysOut(frame) ? millis(1_000, 3_000) : Duration.ZERO;
    }

    /** Says whether a client must not come back by itself. */
    static boolean staysOut(CloseFrame frame) {
        return frame.code() >= 4300;
    }

    // Mischief

    /** Shows a ticket that was kept, perhaps used or old, perhaps at another host. */
    void misuseTicket() {
        if (routes.isEmpty()) {
            return;
        }
        Route route = routes.get(random.nextInt(4) == 0 ? 0 : random.nextInt(routes.size()));
        boolean elsewhere = random.nextInt(3) == 0;
        HostLife host = elsewhere
                ? cluster.hosts().get(random.nextInt(cluster.hosts().size())).life()
                : hostAt(route.address());
        new Intruder(this).begin(host, route.ticket());
    }
}
