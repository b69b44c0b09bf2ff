package io.roomrouting.examples.calls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Candidates that came before the answer, and wait for it. */
final class EarlyCandidates {

    static final int MAX_COUNT = 128;
    static final int MAX_BYTES = 2 * Signal.MAX_BYTES;

    private final List<Early> inOrder = new ArrayList<>();
    private int bytes;

    /**
     * A candidate.
     *
     * @param from whose it is
     * @param candidate what it says
     */
    record Early(Device from, JsonNode candidate) {}

    /** Keeps one; false if there are too many. */
    boolean add(Device from, Signal candidate) {
        if (inOrder.size() == MAX_COUNT || bytes + candidate.bytes() > MAX_BYTES) {
            return false;
        }
        inOrder.add(new Early(from, candidate.value()));
        bytes += candidate.bytes();
        return true;
    }

    List<JsonNode> of(Device device) {
        return inOrder.stream()
                .filter(early -> early.from().equals(device))
                .map(Early::candidate)
                .toList();
    }

    List<Early> all() {
        return List.copyOf(inOrder);
    }

    void clear() {
        inOrder.clear();
        bytes = 0;
    }
}
