package io.roomrouting.socketio;

import io.roomrouting.spi.InboundEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that waits for a decision which may take time. The decision takes effect among the callbacks of the client's
 * connection, and not at all if the client has left. All state belongs to these callbacks.
 */
final class PendingEntry implements SocketListener {

    private final ClientSocket socket;
    private Optional<SocketListener> entered = Optional.empty();
    private boolean gone;

    private PendingEntry(ClientSocket socket) {
        this.socket = socket;
    }

    /**
     * Asks, and goes on when the answer is there.
     *
     * @param question a failure of it, or of its answer, refuses the client
     * @param next what to do with the answer, and what is told of the client from then on
     */
    static <T> SocketListener when(
            ClientSocket socket, Supplier<CompletionStage<T>> question, Function<T, SocketListener> next) {
        PendingEntry entry = new PendingEntry(socket);
        ask(question).whenComplete((answer, failure) -> socket.execute(() -> entry.decided(answer, failure, next)));
        return entry;
    }

    private static <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private <T> void decided(@Nullable T answer, @Nullable Throwable failure, Function<T, SocketListener> next) {
        if (gone) {
            return;
        }
        if (answer == null) {
            refuse(failure == null ? new IllegalStateException("a decision without an answer") : failure);
            return;
        }
        try {
            entered = Optional.of(next.apply(answer));
        } catch (RuntimeException fault) {
            refuse(fault);
            // Nobody would hear it if it has been let in all the same.
            socket.disconnect();
        }
    }

    private void refuse(Throwable why) {
        EntryRefusal refusal = EntryRefusal.of(why, socket.namespace());
        try {
            socket.refuse(refusal.message(), refusal.data());
        } catch (IllegalArgumentException unwritable) {
            EntryRefusal fault = EntryRefusal.of(unwritable, socket.namespace());
            socket.refuse(fault.message(), fault.data());
        }
    }

    @Override
    public void onEvent(InboundEvent event) {
        tell(to -> to.onEvent(event));
    }

    @Override
    public void onReadComplete() {
        tell(SocketListener::onReadComplete);
    }

    @Override
    public void onDisconnected(DisconnectReason reason) {
        gone = true;
        tell(to -> to.onDisconnected(reason));
    }

    private void tell(Consumer<SocketListener> news) {
        entered.ifPresent(news);
    }
}
