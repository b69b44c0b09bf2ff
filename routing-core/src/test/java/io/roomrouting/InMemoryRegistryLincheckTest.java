package io.roomrouting;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Every answer that the registry gives to concurrent callers is one that it could have given to the same calls one after
 * the other. The clock stands still. Epochs are numbers of the whole registry, so that only their order is compared.
 *
 * <p>Each class below has a few calls that meet in one room, so that every scenario is a race.
 */
public class InMemoryRegistryLincheckTest {

    private static final HostAddress ADDRESS = HostAddress.parse("localhost:8000");
    private static final RoomId ROOM = RoomId.of("room");
    private static final List<HostIncarnation> HOSTS = List.of(life(0), life(1));

    /** Routers that place one vacant room. */
    @Param(name = "host", gen = IntGen.class, conf = "0:1")
    public static class Claims {

        private final Registry registry = new Registry();

        @Operation
        public String claim(@Param(name = "host") int host) {
            return registry.claim(host);
        }

        @Operation
        public String find() {
            return registry.find();
        }
    }

    /** An owner that confirms and gives back, and routers that want its room. */
    @Param(name = "host", gen = IntGen.class, conf = "0:1")
    public static class Releases {

        private final Registry registry = new Registry();
        private final RoomAssignment former = registry.granted();
        private final RoomAssignment current = registry.grantedAfter(former);

        @Operation
        public String claim(@Param(name = "host") int host) {
            return registry.claim(host);
        }

        @Operation
        public boolean confirm() {
            return registry.memory.confirm(current);
        }

        @Operation
        public void release() {
            registry.memory.release(current, RoomOwnership.Release.IDLE);
        }

        @Operation
        public void releaseTooLate() {
            registry.memory.release(former, RoomOwnership.Release.IDLE);
        }

        @Operation
        public void close() {
            registry.memory.release(current, RoomOwnership.Release.CLOSED);
        }
    }

    /** Lives of hosts that begin and end while rooms are placed on them. */
    @Param(name = "host", gen = IntGen.class, conf = "0:1")
    public static class Lives {

        private final Registry registry = new Registry();

        @Operation
        public String claim(@Param(name = "host") int host) {
            return registry.claim(host);
        }

        @Operation
        public boolean heartbeat(@Param(name = "host") int host) {
            return registry.memory.heartbeat(HOSTS.get(host), HostLoad.NONE, HostState.ACTIVE)
                    instanceof HeartbeatResult.Renewed;
        }

        @Operation
        public void leave(@Param(name = "host") int host) {
            registry.memory.leave(HOSTS.get(host));
        }

        @Operation
        public String find() {
            return registry.find();
        }
    }

    /** One room, two hosts with one place each. */
    private static final class Registry {

        final InMemoryRegistry memory =
                InMemoryRegistry.builder().time(new StandStill()).build();
        private RoomAssignment newest = new RoomAssignment(ROOM, HOSTS.get(0), ADDRESS, new Epoch(1));

        Registry() {
            memory.ensure(ROOM, RoomSpec.defaults());
            HOSTS.forEach(host ->
                    memory.join(new HostRegistration(host, ADDRESS, new HostCapacity(1, 100), Map.of(), List.of())));
        }

        RoomAssignment granted() {
            if (memory.claim(asking(0)) instanceof ClaimResult.Granted granted) {
                newest = granted.assignment();
                return newest;
            }
            throw new IllegalStateException("a vacant room was not granted");
        }

        RoomAssignment grantedAfter(RoomAssignment former) {
            memory.release(former, RoomOwnership.Release.IDLE);
            return granted();
        }

        String claim(int host) {
            ClaimResult result = memory.claim(asking(host));
            if (result instanceof ClaimResult.Granted granted) {
                return "granted " + named(granted.assignment());
            }
            if (result instanceof ClaimResult.Held held) {
                return "held " + named(held.assignment());
            }
            return result.toString();
        }

        String find() {
            return memory.find(ROOM)
                    .map(record -> record.assignment().map(this::named).orElse("vacant"))
                    .orElse("unknown");
        }

        private String named(RoomAssignment assignment) {
            boolean later = assignment.epoch().isNewerThan(newest.epoch());
            return "to " + HOSTS.indexOf(assignment.owner()) + (later ? " anew" : " as before");
        }

        private static Claim asking(int host) {
            return new Claim(ROOM, new Placement(HOSTS.get(host), ADDRESS, Optional.empty(), "test"));
        }
    }

    private static HostIncarnation life(int number) {
        return HostIncarnation.next(HostId.of("host-" + number));
    }

    private static final class StandStill implements TimeSource {

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long wallMillis() {
            return 0;
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            throw new UnsupportedOperationException("the registry has no timers");
        }
    }

    @Test
    void aRoomIsPlacedAsIfOneRouterCameAfterTheOther() {
        check(Claims.class);
    }

    @Test
    void aRoomIsGivenBackAsIfOneCallCameAfterTheOther() {
        check(Releases.class);
    }

    @Test
    void hostsLiveAsIfOneCallCameAfterTheOther() {
        check(Lives.class);
    }

    private static void check(Class<?> calls) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(6)
                .invocationsPerIteration(50)
                .check(calls);
    }
}
