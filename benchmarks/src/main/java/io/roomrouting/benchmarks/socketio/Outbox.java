package io.roomrouting.benchmarks.socketio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client has to say, in order, over the carrier of the moment: what gathers while one sending is under way goes out
 * with the next. Thread-safe.
 */
final class Outbox {

    private final Runnable onFailure;
    private @Nullable Carrier carrier;
    private List<String> waiting = new ArrayList<>();
    private boolean busy;
    private boolean held;
    private Runnable whenQuiet = () -> {};

    /**
     * Makes one that keeps everything until it has a carrier.
     *
     * @param onFailure told when something could not be sent
     */
    Outbox(Runnable onFailure) {
        this.onFailure = onFailure;
    }

    void add(String packet) {
        synchronized (this) {
            waiting.add(packet);
        }
        send();
    }

    /** Sends nothing more for now; tells when nothing is under way. */
    void hold(Runnable quiet) {
        synchronized (this) {
            held = true;
            if (busy) {
                whenQuiet = quiet;
                return;
            }
        }
        quiet.run();
    }

    /** Goes on with this carrier. */
    void use(Carrier next) {
        synchronized (this) {
            carrier = next;
            held = false;
        }
        send();
    }

    private void send() {
        Carrier to;
        List<String> packets;
        synchronized (this) {
            if (busy || held || carrier == null || waiting.isEmpty()) {
                return;
            }
            busy = true;
            to = carrier;
            packets = waiting;
            waiting = new ArrayList<>();
        }
        var unused = to.carry(packets).whenComplete((done, failure) -> sent(failure));
    }

    private void sent(@Nullable Throwable failure) {
        Runnable quiet;
        synchronized (this) {
            busy = false;
            quiet = whenQuiet;
            whenQuiet = () -> {};
        }
        if (failure != null) {
            onFailure.run();
        }
        quiet.run();
        send();
    }
}
