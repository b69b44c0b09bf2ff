package io.roomrouting.socketio;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The inbound half of a client in a namespace: who is told what of it. Belongs to the connection's callbacks. */
final class SocketInbound {

    private final Doorway doorway;
    private final PendingAcks acks;
    private final Stay stay;
    private @Nullable SocketListener listener;
    private boolean told;

    SocketInbound(Doorway doorway, PendingAcks acks, Stay stay) {
        this.doorway = doorway;
        this.acks = acks;
        this.stay = stay;
    }

    void listener(SocketListener to) {
        listener = to;
    }

    /** Tells the listener, unless it has been told of the end. */
    void tell(Consumer<SocketListener> news) {
        if (listener != null && !told) {
            news.accept(listener);
        }
    }

    void answered(long ackId, AckOutcome outcome) {
        acks.settle(ackId, outcome);
    }

    /** The client is gone; nothing follows. */
    void ended(DisconnectReason reason) {
        doorway.gone();
        EachOf.tell(
                List.<Runnable>of(acks::settleAll, () -> tellOfTheEnd(reason), () -> stay.end(reason)), Runnable::run);
    }

    private void tellOfTheEnd(DisconnectReason reason) {
        tell(to -> {
            told = true;
            to.onDisconnected(reason);
        });
    }
}
