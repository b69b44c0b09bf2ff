package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Blocking work that a room has sent elsewhere, so many pieces at a time. Belongs to the room's thread. */
final class Offloads {

    private static final int MAX_UNDER_WAY = 10_000;

    private final RoomRuntime room;
    private int underWay;

    Offloads(RoomRuntime room) {
        this.room = room;
    }

    <T> void run(Callable<? extends T> work, Consumer<? super T> then, Consumer<? super Exception> failed) {
        if (underWay >= MAX_UNDER_WAY) {
            refuse("the room waits for too much work", failed);
            return;
        }
        underWay++;
        try {
            room.host().offload(() -> call(work, then, failed));
        } catch (RejectedExecutionException e) {
            underWay--;
            refuse("the host takes no more work", failed);
        }
    }

    private <T> void call(Callable<? extends T> work, Consumer<? super T> then, Consumer<? super Exception> failed) {
        Runnable comeBack;
        try {
            T result = work.call();
            comeBack = () -> then.accept(result);
        } catch (Exception e) {
            comeBack = () -> failed.accept(e);
        } catch (Error e) {
            comeBack = () -> failed.accept(new ExecutionException(e));
        }
        Runnable callback = comeBack;
        room.forceElsewhere(() -> {
            underWay--;
            if (room.isAtWork()) {
                room.callback("offload", callback);
            }
        });
    }

    private void refuse(String why, Consumer<? super Exception> failed) {
        RoutingException refusal = RoutingException.unavailable(ErrorCode.OVERLOADED, why, Duration.ofSeconds(1));
        room.force(() -> room.callback("offload", () -> failed.accept(refusal)));
    }
}
