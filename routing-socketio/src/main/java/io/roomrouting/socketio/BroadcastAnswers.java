package io.roomrouting.socketio;

import io.roomrouting.session.Payload;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of an event that asked many clients for an answer, from {@link SocketServer#requestAll}. Immutable.
 *
 * @param outcomes one for each client that was to be asked, in the order in which it was known
 */
public record BroadcastAnswers(Map<ClientSocket, AckOutcome> outcomes) {

    /** Copies the map, and keeps its order. */
    public BroadcastAnswers {
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /**
     * Returns what was answered.
     *
     * @return the arguments of each answer
     */
    public Map<ClientSocket, List<Payload>> answers() {
        Map<ClientSocket, List<Payload>> answers = new LinkedHashMap<>();
        outcomes.forEach((socket, outcome) -> {
            if (outcome instanceof AckOutcome.Answered answer) {
                answers.put(socket, answer.arguments());
            }
        });
        return answers;
    }

    /**
     * Returns who has not answered, or not so that it could be kept; {@link #outcomes} says why.
     *
     * @return empty if all have
     */
    public Set<ClientSocket> missing() {
        Set<ClientSocket> missing = new LinkedHashSet<>(outcomes.keySet());
        missing.removeAll(answers().keySet());
        return missing;
    }
}
