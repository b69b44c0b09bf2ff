package io.roomrouting.benchmarks;

import io.roomrouting.CorrelationId;
import io.roomrouting.HostAddress;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostRegistration;
import io.roomrouting.Identity;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.scheduling.LocalScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What finding and creating a room costs in process: token check, registry, ticket. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // set up before the first run
public class ResolveBenchmark {

    /** How many hosts there are. */
    @Param({"2", "1000"})
    public int hosts;

    /** How many rooms there are. */
    @Param({"1000", "100000"})
    public int rooms;

    private RoomRouter router;
    private String login;
    private RoomId[] ids;
    private int next;

    /** Registers the hosts and places the rooms. */
    @Setup
    public void fill() {
        InMemoryRegistry registry =
                InMemoryRegistry.builder().lease(Duration.ofMinutes(10)).build();
        for (int i = 0; i < hosts; i++) {
            registry.join(new HostRegistration(
                    HostIncarnation.next(HostId.of("host-" + i)),
                    new HostAddress("host-" + i, 8000, false),
                    new HostCapacity(1_000_000, 1_000_000),
                    Map.of(),
                    List.of()));
        }
        JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
        router = RoomRouter.builder()
                .authenticator(JwtVerifier.of(keys).logins())
                .registry(registry)
                .scheduler(new LocalScheduler(registry))
                .ticketIssuer(JwtIssuer.of(keys).tickets())
                .build();
        Identity alice = Identity.of("alice");
        login = JwtIssuer.of(keys).issueLogin(alice);
        ids = new RoomId[rooms];
        for (int i = 0; i < rooms; i++) {
            ids[i] = router.create(alice, RoomSpec.defaults()).room();
        }
    }

    /** An authenticated look-up of a room that has an owner. */
    @Benchmark
    public Route find() {
        return router.find(ids[next++ % ids.length], router.authenticate(login));
    }

    /** The same for a request that has a correlation id, which its log lines would carry and its ticket does. */
    @Benchmark
    public Route findUnderAnId() {
        RoomRouter named = router.correlated(CorrelationId.random());
        return named.find(ids[next++ % ids.length], named.authenticate(login));
    }

    /** The same without checking the login token. */
    @Benchmark
    public Route findForKnownIdentity() {
        return router.find(ids[next++ % ids.length], Identity.of("alice"));
    }
}
