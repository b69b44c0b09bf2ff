package io.roomrouting.agones;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.agones.AllocationAnswer.Allocated;
import io.roomrouting.agones.AllocationAnswer.NothingFree;
import io.roomrouting.agones.AllocationAnswer.Refused;
import io.roomrouting.agones.AllocationAnswer.Unreachable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The search for one room's host, from the first call to the placement. Confined to the caller's thread. */
final class AllocationSearch {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration HOST_POLL = Duration.ofMillis(50);
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);
    private static final Duration RETRY_CAPACITY = Duration.ofSeconds(5);
    private static final Duration RETRY_REFUSED = Duration.ofSeconds(30);

    /** Each takes a place on a host that is of no use, so there are few. */
    private static final int MAX_USELESS = 4;

    private final AllocationApi api;
    private final Settings settings;
    private final RecentAllocations recent;
    private final PlacementRequest request;
    private final Deadline deadline;
    private final Set<String> useless = new HashSet<>();
    private int uselessAllocations;

    record Settings(
            Fleet fleet,
            HostLookup hosts,
            UnaryOperator<HostAddress> clientAddress,
            Complaints complaints,
            Duration callTimeout,
            Duration capacityWait,
            Duration hostWait,
            TimeSource time) {}

    AllocationSearch(AllocationApi api, Settings settings, RecentAllocations recent, PlacementRequest request) {
        this.api = api;
        this.settings = settings;
        this.recent = recent;
        this.request = request;
        this.deadline = request.deadline();
        request.excluded().forEach(life -> useless.add(life.host().value()));
    }

    Placement run() {
        Optional<RecentAllocations.Recent> known = recent.of(request.room())
                .filter(former -> !useless.contains(former.server().name()));
        Allocated server = known.map(RecentAllocations.Recent::server).orElseGet(this::allocate);
        // A host that was there and is not any more will not come.
        Duration wait = known.isPresent() && known.get().wasLiving() ? Duration.ZERO : settings.hostWait();
        while (true) {
            HostAddress address = address(server);
            Optional<HostIncarnation> life = awaitLife(HostId.of(server.name()), address, wait);
            if (life.isPresent()) {
                recent.remember(request.room(), new RecentAllocations.Recent(server, true));
                String reason = "Agones allocated game server " + server.name() + " of fleet " + settings.fleet();
                return new Placement(life.get(), settings.clientAddress().apply(address), Optional.empty(), reason);
            }
            useless.add(server.name());
            if (deadline.hasPassed() || ++uselessAllocations == MAX_USELESS) {
                // Remembered: its host may have just been started, and answers when the caller comes back.
                throw unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, "the chosen session host is not there yet", null);
            }
            recent.forget(request.room());
            server = allocate();
            wait = settings.hostWait();
        }
    }

    private Allocated allocate() {
        AllocationWish wish =
                new AllocationWish(settings.fleet(), request.spec().region(), useless);
        Deadline capacity = Deadline.in(settings.time(), settings.capacityWait());
        AllocationAnswer answer = new NothingFree();
        for (int attempt = 0; ; attempt++) {
            if (deadline.hasPassed()) {
                throw attempt == 0
                        ? unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, "no session host was found in time", null)
                        : failed(answer);
            }
            answer = api.allocate(wish, shorter(settings.callTimeout(), deadline.remaining()));
            if (answer instanceof Allocated server) {
                if (!useless.contains(server.name())) {
                    recent.remember(request.room(), new RecentAllocations.Recent(server, false));
                    return server;
                }
                uselessAllocations++;
            }
            Duration pause = pause(attempt, answer);
            boolean mayGoOn = deadline.remaining().compareTo(pause) > 0
                    && uselessAllocations < MAX_USELESS
                    && !(answer instanceof NothingFree && capacity.hasPassed())
                    && !(answer instanceof Refused);
            if (!mayGoOn) {
                throw failed(answer);
            }
            await(pause);
        }
    }

    /** Full jitter: a random part of a wait that doubles; never less than the server has asked for. */
    private static Duration pause(int attempt, AllocationAnswer answer) {
        long doubled = FIRST_PAUSE.toNanos() << Math.min(attempt, 10);
        long most = Math.min(doubled, LONGEST_PAUSE.toNanos());
        Duration random = Duration.ofNanos(ThreadLocalRandom.current().nextLong(1, most));
        return answer.retryAfter().map(random::plus).orElse(random);
    }

    private RoutingException failed(AllocationAnswer answer) {
        if (answer instanceof Refused refused) {
            settings.complaints().complain(refused.why());
            return RoutingException.unavailable(
                    ErrorCode.SCHEDULER_UNAVAILABLE,
                    "session hosts cannot be allocated",
                    RETRY_REFUSED,
                    new IllegalStateException(refused.why()));
        }
        if (answer instanceof Unreachable unreachable) {
            return RoutingException.unavailable(
                    ErrorCode.SCHEDULER_UNAVAILABLE,
                    "the scheduler is out of reach",
                    answer.retryAfter().orElse(RETRY_SOON),
                    unreachable.why());
        }
        if (answer instanceof AllocationAnswer.Contended contended) {
            return RoutingException.unavailable(
                    ErrorCode.SCHEDULER_UNAVAILABLE,
                    "too many rooms are placed at once",
                    answer.retryAfter().orElse(RETRY_SOON),
                    new IllegalStateException(contended.why()));
        }
        return RoutingException.unavailable(ErrorCode.NO_CAPACITY, "no session host can take the room", RETRY_CAPACITY);
    }

    /** Waits for the host on a game server; empty if it does not come, or is one that has refused the room. */
    private Optional<HostIncarnation> awaitLife(HostId gameServer, HostAddress address, Duration wait) {
        Deadline patience = Deadline.in(settings.time(), shorter(wait, deadline.remaining()));
        while (true) {
            Optional<HostIncarnation> life = settings.hosts().living(gameServer, address);
            if (life.isPresent()) {
                return life.filter(found -> !request.excluded().contains(found));
            }
            if (patience.hasPassed()) {
                return Optional.empty();
            }
            await(shorter(HOST_POLL, patience.remaining()));
        }
    }

    private HostAddress address(Allocated server) {
        Integer port = server.ports().get(settings.fleet().port());
        if (port == null) {
            throw unusable("game server " + server.name() + " has no port "
                    + settings.fleet().port() + ", but " + server.ports().keySet());
        }
        try {
            return new HostAddress(server.address(), port, false);
        } catch (RoutingException e) {
            throw unusable("game server " + server.name() + " has an address that is none");
        }
    }

    private RoutingException unusable(String why) {
        return failed(new Refused(why));
    }

    private void await(Duration duration) {
        try {
            settings.time().await(new CompletableFuture<Void>(), duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, "the search for a session host was interrupted", e);
        }
    }

    private static RoutingException unavailable(ErrorCode code, String message, @Nullable Throwable cause) {
        return RoutingException.unavailable(code, message, RETRY_SOON, cause);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
