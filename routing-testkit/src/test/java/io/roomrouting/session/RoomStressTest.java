package io.roomrouting.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.HostAddress;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.Ticket;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rooms under many threads: one callback at a time, each seeing all that the one before did, and no stay left open. */
class RoomStressTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 150;
    private static final List<String> WORDS = List.of("say", "say", "ask", "ask", "execute", "crash", "kick", "close");
    private static final HostAddress ADDRESS = HostAddress.parse("localhost:8000");

    private final ManualTime time = ManualTime.create();
    private final InMemoryRegistry registry =
            InMemoryRegistry.builder().time(time).lease(Duration.ofHours(1)).build();
    private final ExecutorService transports = Executors.newFixedThreadPool(THREADS);
    private final ExecutorService roomThreads = Executors.newFixedThreadPool(3);
    private final ExecutorService registryThreads = Executors.newFixedThreadPool(3);
    private final AtomicInteger tickets = new AtomicInteger();
    private final StayAudit audit = new StayAudit();
    private final Queue<AuditedClient> connections = new ConcurrentLinkedQueue<>();

    private SessionHost hostWithMailboxes(int capacity) {
        return SessionHost.builder()
                .address(ADDRESS)
                .registry(registry)
                .rooms(
                        audit,
                        RoomSettings.defaults().withMailboxCapacity(capacity).withIdleTimeout(Duration.ofMillis(5)))
                .limits(new SessionLimits(1_000_000, 1_000_000, 1_000, 1_000, 1_000_000, 1_000_000))
                .time(time)
                .roomExecutor(roomThreads)
                .blockingExecutor(registryThreads)
                .start();
    }

    @AfterEach
    void stop() {
        transports.shutdownNow();
        roomThreads.shutdownNow();
        registryThreads.shutdownNow();
    }

    /** A client on the thread that drives it. */
    private final class Driven {

        private final AuditedClient connection = new AuditedClient();
        private final ConnectionListener listener;
        private int said;

        Driven(SessionHost host, RoomId room, String user) {
            connections.add(connection);
            Ticket ticket = new Ticket(
                    "ticket-" + tickets.incrementAndGet(),
                    Identity.of(user),
                    assignment(host, room),
                    RoomSpec.defaults(),
                    time.now().plusSeconds(Ticket.MAX_LIFE_SECONDS));
            listener = host.admit(new Admission(ticket, "10.0.0.1"), connection);
        }

        Delivery say(String event) {
            Delivery delivery = listener.onEvent(HostRig.event(event, ++said));
            listener.onReadComplete();
            return delivery;
        }

        void end() {
            connection.ended();
            listener.onClosed(LeaveReason.CONNECTION_LOST);
        }
    }

    private RoomAssignment assignment(SessionHost host, RoomId room) {
        while (true) {
            registry.ensure(room, RoomSpec.defaults());
            Placement here = new Placement(host.status().host(), ADDRESS, Optional.empty(), "the only host");
            ClaimResult result = registry.claim(new Claim(room, here));
            if (result instanceof ClaimResult.Granted granted) {
                return granted.assignment();
            }
        }
    }

    private void onAllThreads(IntConsumer work) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            running.add(transports.submit(() -> work.accept(number)));
        }
        for (Future<?> one : running) {
            one.get(50, TimeUnit.SECONDS);
        }
    }

    private void awaitThat(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(2))
                .until(condition);
    }

    private void checkPromises() {
        assertThat(audit.violations()).isEmpty();
        assertThat(connections)
                .allSatisfy(connection -> assertThat(connection.violations()).isEmpty());
    }

    @Test
    void noEventIsLostOrSeenTwiceOrOutOfOrder() throws Exception {
        SessionHost host = hostWithMailboxes(1_000_000);
        int clients = 4;
        int events = 1_000;

        onAllThreads(thread -> {
            List<Driven> mine = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                mine.add(new Driven(host, RoomId.of("room"), "user-" + thread));
            }
            awaitThat(() -> mine.stream().allMatch(client -> client.connection.isDecided()));
            for (int i = 0; i < events; i++) {
                for (Driven client : mine) {
                    assertThat(client.say(i % 10 == 0 ? "say" : "ask")).isEqualTo(Delivery.ACCEPTED);
                }
            }
        });

        awaitThat(() -> audit.events.get() == (long) THREADS * clients * events);
        checkPromises();
        host.close();
        audit.checkEverybodyHasLeft();
    }

    @Test
    void everyStayBeginsAndEndsOnceWhileRoomsOpenAndCloseAllTheTime() throws Exception {
        SessionHost host = hostWithMailboxes(128);

        onAllThreads(thread -> comeAndGo(host, new Random(thread)));
        awaitThat(() -> {
            time.advance(Duration.ofMillis(1));
            return host.status().load().rooms() == 0;
        });

        assertThat(host.status().load().connections()).isZero();
        assertThat(audit.joins.get()).as("joins").isGreaterThan(100);
        assertThat(audit.opened.get()).as("rooms opened").isGreaterThan(10);
        checkPromises();
        audit.checkEverybodyHasLeft();
        host.close();
        assertThat(time.pendingTimers()).isZero();
    }

    private void comeAndGo(SessionHost host, Random random) {
        List<Driven> mine = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                mine.add(new Driven(host, RoomId.of("room-" + random.nextInt(3)), "user-" + random.nextInt(5)));
            }
            if (random.nextBoolean()) {
                awaitThat(() -> mine.stream().allMatch(client -> client.connection.isDecided()));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                mine.forEach(client -> client.say(WORDS.get(random.nextInt(WORDS.size()))));
            }
            time.advance(Duration.ofMillis(random.nextInt(4)));
            if (random.nextInt(4) > 0) {
                mine.forEach(Driven::end);
                mine.clear();
            }
        }
        mine.forEach(Driven::end);
    }
}
