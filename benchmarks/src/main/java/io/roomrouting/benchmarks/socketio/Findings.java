package io.roomrouting.benchmarks.socketio;

import io.roomrouting.benchmarks.chaos.check.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one part has found so far. */
final class Findings {

    private final String part;
    private final List<Finding> all = new ArrayList<>();

    Findings(String part) {
        this.part = part;
    }

    /** Something worth knowing. */
    void tell(String what, String figures) {
        all.add(new Finding(part, what, figures, "-", true));
    }

    /** Something that must be exactly so often. */
    void exactly(String what, long count, long wanted) {
        all.add(new Finding(part, what, Long.toString(count), Long.toString(wanted), count == wanted));
    }

    /** Something that must not be more. */
    void atMost(String what, long figure, long most, String unit) {
        all.add(new Finding(part, what, figure + " " + unit, "at most " + most + " " + unit, figure <= most));
    }

    void within(String what, Duration figure, Duration most) {
        atMost(what, figure.toMillis(), most.toMillis(), "ms");
    }

    /** That nothing of any client is left in a server, and that it has no complaints. */
    void clean(ServerProcess server, ServerState state) throws IOException {
        exactly("sessions left", state.sessions(), 0);
        exactly("WebSockets left", state.webSockets(), 0);
        exactly("clients left in rooms", state.seats(), 0);
        exactly("places of the address not given back", state.places(), 0);
        exactly("pooled buffers not given back", state.buffers(), 0);
        exactly("lines of the server's log with an error or a stack trace", server.complaints(), 0);
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
