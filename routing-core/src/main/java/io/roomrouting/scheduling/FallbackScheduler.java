package io.roomrouting.scheduling;

import io.roomrouting.Deadline;
import io.roomrouting.ErrorCode;
import io.roomrouting.Placement;
import io.roomrouting.PlacementRequest;
import io.roomrouting.RoutingException;
import io.roomrouting.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks one scheduler after the other, until one places the room: for example one's own fleet, and a provider for what does not
 * fit.
 *
 * <p><b>Who is asked next.</b> When a scheduler answers {@link ErrorCode#NO_CAPACITY} or
 * {@link ErrorCode#SCHEDULER_UNAVAILABLE}, the next one is. Any other error goes to the caller as it is: it would not be
 * better elsewhere. Each gets an even part of the time that is left, so that a slow one leaves enough for those behind it; a
 * scheduler that needs long, because it starts machines, belongs at the end. One that was out of reach several times in a row
 * is passed over for a while, then a single caller tries it.
 *
 * <p><b>A room stays where it is.</b> A scheduler whose placements hold by their own {@link Placement#validity} is asked again
 * whenever that has passed. So the room's scheduler is remembered and asked before the others, and if it is out of reach the
 * room waits for {@link FallbackSchedulerBuilder#loyalty} after its last answer, since it probably lives there. Up to 100,000
 * rooms are remembered for an hour; a restart forgets them, and other backends do not know them. Placements that are backed by
 * a host's lease need none of this, because a room that is placed anew has no owner.
 *
 * <p><b>Errors.</b> When nobody has placed the room: {@link ErrorCode#NO_CAPACITY} if all have said so, otherwise
 * {@link ErrorCode#SCHEDULER_UNAVAILABLE}, since somebody may have space whom nobody could ask. The message names each of them,
 * and the errors are suppressed ones of it.
 *
 * <p>Thread-safe, starts no thread, nothing to close. Does not interrupt a scheduler that ignores its deadline.
 */
public final class FallbackScheduler implements Scheduler {

    /** Who was given less than this cannot be blamed for being late. */
    private static final Duration FAIR_TIME = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final List<FallbackProvider> providers;
    private final RoomHomes homes;

    FallbackScheduler(FallbackSchedulerBuilder builder) {
        providers = builder.providers();
        homes = new RoomHomes(builder.time, builder.loyalty);
    }

    /**
     * Starts to describe a chain.
     *
     * @return a builder without schedulers
     */
    public static FallbackSchedulerBuilder builder() {
        return new FallbackSchedulerBuilder();
    }

    @Override
    public Placement place(PlacementRequest request) {
        Optional<FallbackProvider> home = homes.of(request.room());
        List<FallbackProvider> order = homeFirst(home);
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            FallbackProvider provider = order.get(i);
            Attempt attempt = attempt(request, provider, willing(order.subList(i, order.size())));
            if (attempt instanceof Placed placed) {
                homes.settle(request.room(), provider, placed.placement());
                return placed.placement();
            }
            Refusal refusal = (Refusal) attempt;
            refusals.add(refusal);
            if (home.equals(Optional.of(provider)) && !mayMove(request, refusal)) {
                break;
            }
        }
        throw combined(refusals);
    }

    private List<FallbackProvider> homeFirst(Optional<FallbackProvider> home) {
        if (home.isEmpty()) {
            return providers;
        }
        List<FallbackProvider> order = new ArrayList<>(providers);
        order.remove(home.get());
        order.add(0, home.get());
        return order;
    }

    private static int willing(List<FallbackProvider> left) {
        return (int) left.stream()
                .filter(provider -> provider.circuit().closedFor().isEmpty())
                .count();
    }

    /** How one scheduler has answered. */
    private sealed interface Attempt {}

    private record Placed(Placement placement) implements Attempt {}

    /**
     * It has not placed the room.
     *
     * @param what in a few words, with its name
     * @param hasCapacity whether it could have, as far as anybody knows
     */
    private record Refusal(String what, boolean hasCapacity, Duration retryAfter, Optional<RoutingException> why)
            implements Attempt {}

    private Attempt attempt(PlacementRequest request, FallbackProvider provider, int willing) {
        if (request.deadline().hasPassed()) {
            return notAsked(provider, "no time was left", RETRY);
        }
        Optional<Duration> closed = provider.circuit().tryPass();
        if (closed.isPresent()) {
            return notAsked(provider, "it was out of reach", closed.get());
        }
        Duration part = request.deadline().remaining().dividedBy(Math.max(1, willing));
        Deadline deadline = request.deadline().within(part);
        try {
            Placement placement = provider.scheduler()
                    .place(new PlacementRequest(request.room(), request.spec(), request.excluded(), deadline));
            provider.circuit().succeeded();
            return new Placed(placement);
        } catch (RoutingException.Unavailable e) {
            return switch (e.code()) {
                case NO_CAPACITY -> full(provider, e);
                case SCHEDULER_UNAVAILABLE -> outOfReach(provider, e, deadline, part);
                default -> throw e;
            };
        }
    }

    private static Refusal notAsked(FallbackProvider provider, String why, Duration retryAfter) {
        return new Refusal(provider.name() + " was not asked, because " + why, true, retryAfter, Optional.empty());
    }

    private static Refusal full(FallbackProvider provider, RoutingException.Unavailable answer) {
        provider.circuit().succeeded();
        return refusal(provider, answer, false);
    }

    private static Refusal outOfReach(
            FallbackProvider provider, RoutingException.Unavailable answer, Deadline deadline, Duration part) {
        if (Thread.currentThread().isInterrupted()) {
            throw answer;
        }
        boolean hadTime = !deadline.hasPassed() || part.compareTo(FAIR_TIME) >= 0;
        if (hadTime) {
            provider.circuit().failed();
        }
        return refusal(provider, answer, true);
    }

    private static Refusal refusal(
            FallbackProvider provider, RoutingException.Unavailable answer, boolean hasCapacity) {
        return new Refusal(
                provider.name() + ": " + answer.getMessage(),
                hasCapacity,
                answer.retryAfter().orElse(RETRY),
                Optional.of(answer));
    }

    private boolean mayMove(PlacementRequest request, Refusal refusal) {
        return !refusal.hasCapacity() || homes.mayMove(request.room());
    }

    private static RoutingException combined(List<Refusal> refusals) {
        boolean full = refusals.stream().noneMatch(Refusal::hasCapacity);
        RoutingException error = RoutingException.unavailable(
                full ? ErrorCode.NO_CAPACITY : ErrorCode.SCHEDULER_UNAVAILABLE,
                "nobody has placed the room: "
                        + String.join("; ", refusals.stream().map(Refusal::what).toList()),
                refusals.stream()
                        .map(Refusal::retryAfter)
                        .min(Duration::compareTo)
                        .orElse(RETRY));
        refusals.forEach(refusal -> refusal.why().ifPresent(error::addSuppressed));
        return error;
    }

    @Override
    public boolean mayBlock() {
        return providers.stream().anyMatch(provider -> provider.scheduler().mayBlock());
    }
}
