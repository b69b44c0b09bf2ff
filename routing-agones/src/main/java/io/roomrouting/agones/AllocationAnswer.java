package io.roomrouting.agones;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What came of asking Agones for a game server. */
sealed interface AllocationAnswer {

    /**
     * A game server was allocated and its room counter raised.
     *
     * @param name the game server
     * @param address its node's address
     * @param ports its ports by name
     */
    record Allocated(String name, String address, Map<String, Integer> ports) implements AllocationAnswer {}

    /** No game server of the fleet has room. */
    record NothingFree() implements AllocationAnswer {}

    /**
     * Others were at the same game servers: worth trying again soon.
     *
     * @param why in one line
     * @param retryAfter when, if the server has said
     */
    record Contended(String why, Optional<Duration> retryAfter) implements AllocationAnswer {}

    /**
     * No answer, or none that can be used. A game server may have been allocated all the same.
     *
     * @param why what went wrong
     * @param retryAfter when to try again, if the server has said
     */
    record Unreachable(Exception why, Optional<Duration> retryAfter) implements AllocationAnswer {}

    /**
     * The request will not be granted however often it is made: somebody must change a setting.
     *
     * @param why what to change, for operators
     */
    record Refused(String why) implements AllocationAnswer {}

    /** When the server wants to be asked again, if it has said. */
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
