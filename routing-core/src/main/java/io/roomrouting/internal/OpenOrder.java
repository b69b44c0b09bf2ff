package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An operator's wish that a room be open before anybody comes. */
final class OpenOrder implements Arrival {

    private final RoomAssignment assignment;
    private final RoomSpec spec;
    private final Executor executor;
    private final Runnable ended;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Optional<CorrelationId> correlation = CorrelationId.current();
    private boolean over;

    /**
     * Begins to wait.
     *
     * @param executor runs what depends on the end, so that this does not hold the room
     * @param ended run at the end, once
     */
    OpenOrder(RoomAssignment assignment, RoomSpec spec, Executor executor, Runnable ended) {
        this.assignment = assignment;
        this.spec = spec;
        this.executor = executor;
        this.ended = ended;
    }

    /** Completes when the room is open. */
    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public RoomAssignment assignment() {
        return assignment;
    }

    @Override
    public RoomSpec spec() {
        return spec;
    }

    @Override
    public Optional<CorrelationId> correlation() {
        return correlation;
    }

    @Override
    public boolean isWaiting() {
        return !over;
    }

    @Override
    public void enter(RoomRuntime room) {
        room.closeWhenIdle();
        end(() -> done.complete(null));
    }

    @Override
    public void refuse(RoutingException why) {
        end(() -> done.completeExceptionally(why));
    }

    private void end(Runnable answer) {
        over = true;
        ended.run();
        executor.execute(answer);
    }
}
