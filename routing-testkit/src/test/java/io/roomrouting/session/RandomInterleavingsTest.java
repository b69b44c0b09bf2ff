package io.roomrouting.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.ConnectionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Joins, events, ends, full queues, lost leases, moves and outages in every order that a seed makes: each stay begins and
 * ends once, and nothing is left behind. A failure names its seed; {@code run(policy, seed)} plays it again.
 */
class RandomInterleavingsTest {

    private static final int SEEDS = 150;
    private static final int STEPS = 400;

    @ParameterizedTest
    @EnumSource
    void everyStayBeginsAndEndsOnce(SameUser policy) {
        long fresh = new Random().nextLong();
        LongStream.concat(LongStream.range(0, SEEDS), LongStream.of(fresh)).forEach(seed -> run(policy, seed));
    }

    @Test
    void theStepsReachAllThatTheyAreMeantToReach() {
        Run run = new Run(SameUser.ALLOW, 1);
        IntStream.range(0, 40 * STEPS).forEach(i -> run.step());
        run.end();

        assertThat(run.audit.joins.get()).isGreaterThan(100);
        assertThat(run.audit.events.get()).isGreaterThan(100);
        assertThat(run.audit.opened.get()).isGreaterThan(50);
        assertThat(run.reports.lines.stream().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .contains("LEASE_LOST", "MOVED", "IDLE", "CLOSED", "SLOW_CONSUMER", "KICKED", "FAILED", "FLOODING")
                .contains("CONNECTION_LOST", "OVERLOADED", "RATE_LIMITED");
    }

    private static void run(SameUser policy, long seed) {
        try {
            Run run = new Run(policy, seed);
            IntStream.range(0, STEPS).forEach(i -> run.step());
            run.end();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " with " + policy, e);
        }
    }

    /** A client and what its transport would tell. */
    private static final class Driven {

        private final AuditedClient connection = new AuditedClient();
        private final ConnectionListener listener;
        private boolean told;
        private int said;

        Driven(SessionHost host, Ticket ticket) {
            listener = host.admit(new Admission(ticket, "10.0.0.1"), connection);
        }

        void say(String name) {
            if (!told) {
                listener.onEvent(HostRig.event(name, ++said));
            }
        }

        void read() {
            if (!told) {
                listener.onReadComplete();
            }
        }

        void end() {
            if (!told) {
                told = true;
                connection.ended();
                listener.onClosed(LeaveReason.CONNECTION_LOST);
            }
        }
    }

    private static final class Run {

        private final Random random;
        private final StayAudit audit = new StayAudit();
        private final Reports reports = new Reports();
        private final HostRig rig;
        private final List<Driven> clients = new ArrayList<>();
        private final List<Ticket> unused = new ArrayList<>();

        Run(SameUser policy, long seed) {
            random = new Random(seed);
            RoomSettings settings = RoomSettings.defaults()
                    .withSameUser(policy)
                    .withMaxClients(4)
                    .withMailboxCapacity(16)
                    .withIdleTimeout(Duration.ofSeconds(random.nextInt(3)));
            rig = new HostRig(builder -> builder.rooms(audit, settings)
                    .listener(reports)
                    .limits(SessionLimits.defaults().withEvents(10, 20).withConnectionsPerUser(5)));
            rig.roomTasks.hold();
            rig.registryTasks.hold();
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0, 1 -> clients.add(new Driven(rig.host, freshTicket()));
                case 2 -> unused.add(freshTicket());
                case 3 -> useOld();
                case 4, 5, 6 -> sayMany(random.nextInt(3));
                case 7 -> sayMany(random.nextInt(25));
                case 8 -> withClient(Driven::end);
                case 9 -> endThoseWhoShall();
                case 10 -> withClient(client -> client.connection.reading(random.nextInt(4) > 0));
                case 11, 12, 13, 14 -> runSome(rig.roomTasks);
                case 15, 16, 17 -> runSome(rig.registryTasks);
                case 18 -> rig.time.advance(Duration.ofMillis(random.nextInt(1_000)));
                default -> rareThings();
            }
        }

        private void rareThings() {
            switch (random.nextInt(24)) {
                case 0 -> rig.time.advance(Duration.ofSeconds(13));
                case 1 -> rig.time.shiftWallClock(Duration.ofSeconds(14));
                case 2 -> rig.registry.outOfReach();
                case 3, 4, 5, 6, 7, 8 -> rig.registry.backAgain();
                case 9, 10 -> rig.registry.reassign(randomRoom(), life());
                case 11, 12 -> sayOnce("close");
                case 13, 14 -> sayOnce("crash");
                case 15, 16, 17 -> sayOnce("kick");
                case 18 -> rig.time.advance(Duration.ofSeconds(3));
                default -> rig.registryTasks.runAll();
            }
        }

        private void endThoseWhoShall() {
            clients.stream().filter(client -> client.connection.isToEnd()).forEach(Driven::end);
        }

        private void sayOnce(String name) {
            withClient(client -> {
                client.say(name);
                client.read();
            });
        }

        private void sayMany(int count) {
            withClient(client -> {
                for (int i = 0; i < count; i++) {
                    client.say(List.of("say", "ask", "execute").get(random.nextInt(3)));
                }
                client.read();
            });
        }

        private void withClient(Consumer<Driven> action) {
            if (!clients.isEmpty()) {
                int recent = Math.min(clients.size(), 12);
                action.accept(clients.get(clients.size() - 1 - random.nextInt(recent)));
            }
        }

        private void runSome(TaskQueue tasks) {
            for (int i = random.nextInt(8); i > 0 && tasks.size() > 0; i--) {
                tasks.runOne();
            }
        }

        private HostIncarnation life() {
            return rig.host.status().host();
        }

        private RoomId randomRoom() {
            return RoomId.of("room-" + random.nextInt(2));
        }

        private Ticket freshTicket() {
            RoomAssignment assignment = rig.registry.assign(randomRoom(), life());
            String user = random.nextInt(10) == 0 ? "unwanted" : "user-" + random.nextInt(3);
            if (!assignment.owner().equals(life())) {
                assignment = rig.registry.reassign(assignment.room(), life());
            }
            return rig.ticket(user, assignment, RoomSpec.defaults());
        }

        private void useOld() {
            if (!unused.isEmpty()) {
                clients.add(new Driven(rig.host, unused.remove(random.nextInt(unused.size()))));
            }
        }

        void end() {
            rig.registry.backAgain();
            settle();
            checkClients();
            clients.forEach(Driven::end);
            settle();
            rig.host.close();
            assertThat(rig.host.status().load().rooms()).isZero();
            assertThat(rig.host.status().load().connections()).isZero();
            assertThat(rig.time.pendingTimers()).isZero();
            audit.checkEverybodyHasLeft();
        }

        private void settle() {
            rig.registryTasks.release();
            rig.roomTasks.release();
            for (int i = 0; i < 20; i++) {
                rig.time.advance(Duration.ofSeconds(1));
            }
        }

        private void checkClients() {
            assertThat(audit.violations()).isEmpty();
            assertThat(clients).allSatisfy(client -> {
                assertThat(client.connection.violations()).isEmpty();
                assertThat(client.told || client.connection.isDecided())
                        .as("every client gets an answer")
                        .isTrue();
                assertThat(client.told || client.connection.isToEnd() ? 0 : client.connection.unflushed())
                        .as("nothing stays gathered")
                        .isZero();
            });
        }
    }
}
