package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostState;
import io.roomrouting.RoutingException;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.HostStatus;
import io.roomrouting.session.HostedRooms;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.ConnectionPermit;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.Welcome;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A session host that lets everybody in, remembers what it is told, and checks that it is told it as the contract says:
 * one thread at a time, and nothing after the end.
 */
final class RecordingHost implements SessionHost {

    private static final HostIncarnation HOST = HostIncarnation.next(HostId.of("test"));

    final AtomicInteger permits = new AtomicInteger();
    final List<String> formats = new ArrayList<>();
    final List<String> addresses = new ArrayList<>();
    private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
    private final List<Throwable> breaches = new ArrayList<>();
    private volatile @Nullable RoutingException refusal;
    private volatile @Nullable RoutingException noPermit;
    private volatile boolean ready = true;
    private volatile HostState state = HostState.ACTIVE;
    private volatile boolean echoes;

    void refuse(RoutingException why) {
        refusal = why;
    }

    void permitNobody(RoutingException why) {
        noPermit = why;
    }

    void status(boolean isReady, HostState now) {
        ready = isReady;
        state = now;
    }

    /** From now on every event is sent back to its client. */
    void echo() {
        echoes = true;
    }

    /** Returns the next client that was let in. */
    Visit next() throws InterruptedException {
        Visit visit = visits.poll(60, TimeUnit.SECONDS);
        assertThat(visit).as("a client comes").isNotNull();
        return visit;
    }

    synchronized void assertContractKept() {
        assertThat(breaches).isEmpty();
    }

    private synchronized void breach(String what) {
        breaches.add(new AssertionError(what));
    }

    @Override
    public ConnectionPermit permit(String remoteAddress) {
        RoutingException why = noPermit;
        if (why != null) {
            throw why;
        }
        addresses.add(remoteAddress);
        permits.incrementAndGet();
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                permits.decrementAndGet();
            }
        };
    }

    @Override
    public ConnectionListener admit(Admission admission, Connection connection) {
        Visit visit = new Visit(admission, connection);
        RoutingException why = refusal;
        if (why != null) {
            connection.refuse(why);
        } else {
            connection.accept(new Welcome("session", Optional.empty()));
        }
        visits.add(visit);
        return visit;
    }

    @Override
    public HostedRooms rooms() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HostStatus status() {
        return new HostStatus(HOST, ready, state, HostLoad.NONE);
    }

    @Override
    public void register(WireFormat format) {
        formats.add(format.name());
    }

    @Override
    public void undrain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean drain(Duration spread, Duration deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** One client that was let in. */
    final class Visit implements ConnectionListener {

        final Admission admission;
        final Connection connection;
        private final BlockingQueue<InboundEvent> events = new LinkedBlockingQueue<>();
        final BlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();
        private final BlockingQueue<LeaveReason> ends = new LinkedBlockingQueue<>();
        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicInteger reads = new AtomicInteger();

        Visit(Admission admission, Connection connection) {
            this.admission = admission;
            this.connection = connection;
        }

        InboundEvent event() throws InterruptedException {
            InboundEvent event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("an event comes").isNotNull();
            return event;
        }

        LeaveReason end() throws InterruptedException {
            LeaveReason reason = ends.poll(60, TimeUnit.SECONDS);
            assertThat(reason).as("the end comes").isNotNull();
            return reason;
        }

        boolean hasEvents() {
            return !events.isEmpty();
        }

        boolean hasEnded() {
            return !ends.isEmpty();
        }

        int reads() {
            return reads.get();
        }

        /** Sends an event and says what became of it. */
        Delivery send(String name, Object data) {
            Delivery delivery = connection.offer(connection.format().event(name, List.of(data)));
            connection.flush();
            return delivery;
        }

        @Override
        public Delivery onEvent(InboundEvent event) {
            alone(() -> {
                if (echoes) {
                    connection.offer(connection
                            .format()
                            .event(
                                    event.name(),
                                    event.arguments().stream()
                                            .map(data -> data.as(Object.class))
                                            .toList()));
                } else {
                    events.add(event);
                }
            });
            return Delivery.ACCEPTED;
        }

        @Override
        public void onAcknowledged(long received) {
            acknowledged.add(received);
        }

        @Override
        public void onReadComplete() {
            alone(() -> {
                reads.incrementAndGet();
                connection.flush();
            });
        }

        @Override
        public void onClosed(LeaveReason reason) {
            alone(() -> ends.add(reason));
        }

        private void alone(Runnable callback) {
            if (!busy.compareAndSet(false, true)) {
                breach("two threads at once");
            }
            if (!ends.isEmpty()) {
                breach("something after the end");
            }
            callback.run();
            busy.set(false);
        }
    }
}
