package io.roomrouting.testkit.sim;

import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.SeatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client and its room have said to each other in one session, over one connection or several. */
final class Conversation {

    private final List<InboundEvent> said = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Long> unanswered = new ArrayList<>();
    private @Nullable String token;
    private int connection;
    private long received;

    /** What to ask for in order to go on with it; empty if it cannot go on. */
    Optional<SeatRequest> way() {
        return Optional.ofNullable(token).map(secret -> new SeatRequest.Back(secret, received));
    }

    /** It goes on over this connection, and can perhaps go on with this secret. */
    void goesOn(int over, Optional<String> secret) {
        connection = over;
        token = secret.orElse(null);
    }

    /** The connection that it went over last. */
    int connection() {
        return connection;
    }

    /** Cannot go on any more. */
    void end() {
        token = null;
    }

    /** The number that the next event gets. */
    long next() {
        return said.size();
    }

    void say(InboundEvent event, String name) {
        if (event.replyId() != InboundEvent.NO_REPLY) {
            unanswered.add(next());
        }
        said.add(event);
        names.add(name);
    }

    /** What the room has not taken note of, and must hear again. */
    List<InboundEvent> behind(long handled) {
        return List.copyOf(said.subList((int) Math.min(handled, said.size()), said.size()));
    }

    /** Counts a message of the room. */
    long receive() {
        return ++received;
    }

    /** Takes an answer; returns how many earlier ones are still missing, or -1 if it is not waited for. */
    int answer(long number) {
        int order = unanswered.indexOf(number);
        unanswered.remove(number);
        return order;
    }

    String nameOf(long number) {
        return number >= 0 && number < names.size() ? names.get((int) number) : "nothing";
    }

    boolean waits() {
        return !unanswered.isEmpty();
    }
}
