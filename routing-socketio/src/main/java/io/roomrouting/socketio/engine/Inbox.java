package io.roomrouting.socketio.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a session tells the application, which hears it in order and perhaps later; bounded. Within a strand. */
final class Inbox {

    /** What a message costs besides its content. */
    private static final long OVERHEAD = 32;

    private final Strand strand;
    private final long most;
    private final AtomicLong unheard = new AtomicLong();
    private boolean readUnfinished;
    /** Belongs to the callbacks. */
    private @Nullable EngineListener listener;

    Inbox(Strand strand, long most) {
        this.strand = strand;
        this.most = most;
    }

    void open(Supplier<EngineListener> application) {
        strand.then(() -> listener = application.get());
    }

    /** Takes a message of this size; false if the application is too far behind. */
    boolean take(int size, Consumer<EngineListener> message) {
        long weight = size + OVERHEAD;
        if (unheard.addAndGet(weight) > most) {
            return false;
        }
        readUnfinished = true;
        tell(to -> {
            unheard.addAndGet(-weight);
            message.accept(to);
        });
        return true;
    }

    void readComplete() {
        if (readUnfinished) {
            readUnfinished = false;
            tell(EngineListener::onReadComplete);
        }
    }

    void upgraded() {
        tell(EngineListener::onUpgraded);
    }

    /** The last that it tells. */
    void close(CloseReason reason) {
        readComplete();
        tell(to -> to.onClosed(reason));
    }

    private void tell(Consumer<EngineListener> news) {
        strand.then(() -> {
            EngineListener to = listener;
            if (to != null) {
                news.accept(to);
            }
        });
    }
}
