package io.roomrouting.socketio;

import io.roomrouting.session.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gathers what many clients answer to one event, up to a bound. Thread-safe; clients answer on any thread. */
final class BroadcastRequest {

    /** How many characters and bytes of answers are kept, with 16 for each value. */
    static final long MAX_WEIGHT = 16L * 1024 * 1024;

    private final Map<ClientSocket, AckOutcome> outcomes = new LinkedHashMap<>();
    private final CompletableFuture<BroadcastAnswers> result = new CompletableFuture<>();
    private final int asked;
    private long weight;

    private BroadcastRequest(int asked) {
        this.asked = asked;
    }

    static CompletionStage<BroadcastAnswers> send(Set<ClientSocket> clients, PendingRequest request) {
        BroadcastRequest broadcast = new BroadcastRequest(clients.size());
        if (clients.isEmpty()) {
            broadcast.result.complete(new BroadcastAnswers(Map.of()));
        }
        for (ClientSocket client : clients) {
            switch (client.request(request, outcome -> broadcast.take(client, outcome))) {
                case ACCEPTED -> {}
                case SATURATED -> broadcast.take(client, new AckOutcome.NotAsked());
                case CLOSED -> broadcast.take(client, new AckOutcome.Disconnected());
            }
        }
        // Whoever holds it cannot complete it.
        return broadcast.result.minimalCompletionStage();
    }

    private void take(ClientSocket client, AckOutcome outcome) {
        BroadcastAnswers all;
        synchronized (this) {
            outcomes.put(client, hasSpaceFor(outcome) ? outcome : new AckOutcome.NotKept());
            if (outcomes.size() < asked) {
                return;
            }
            all = new BroadcastAnswers(outcomes);
        }
        result.complete(all);
    }

    private boolean hasSpaceFor(AckOutcome outcome) {
        if (outcome instanceof AckOutcome.Answered answer) {
            long more = 0;
            for (Payload argument : answer.arguments()) {
                more += ((JsonPayload) argument).weight();
            }
            if (weight + more > MAX_WEIGHT) {
                return false;
            }
            weight += more;
        }
        return true;
    }
}
