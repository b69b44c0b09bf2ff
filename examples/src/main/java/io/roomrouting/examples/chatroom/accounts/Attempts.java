package io.roomrouting.examples.chatroom.accounts;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.time.Duration;

/**
 * Slows down who guesses passwords, by network address and by name, for each process. Thread-safe.
 *
 * <p>Who fails under somebody's name must not lock that user out: a user who has logged in from an address before is counted
 * apart there, out of reach of what others do elsewhere. Everywhere else the name is free again for one attempt every half a
 * minute (with the defaults), and nothing is ever locked for longer.
 */
final class Attempts {

    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final AttemptBuckets all;
    private final AttemptBuckets failuresByAddress;
    private final AttemptBuckets failuresByName;
    private final KnownPlaces knownPlaces = new KnownPlaces();

    Attempts(AttemptLimits limits, TimeSource time) {
        all = new AttemptBuckets(limits.perAddress(), PERIOD, time);
        failuresByAddress = new AttemptBuckets(limits.failuresPerAddress(), PERIOD, time);
        failuresByName = new AttemptBuckets(limits.failuresPerName(), PERIOD, time);
    }

    /** Counts something that takes long, such as hashing a password. */
    void count(String address) {
        require(all.take(address), "This address asks too often");
    }

    /** Counts an attempt as failed until it is known to be good. */
    Attempt begin(String name, String address) {
        count(address);
        String place = address + " " + name;
        Attempt attempt = new Attempt(address, place, knownPlaces.contain(place) ? place : name);
        require(failuresByAddress.take(address), "Too many log-ins from this address have failed");
        Duration wait = failuresByName.take(attempt.name);
        if (!wait.isZero()) {
            failuresByAddress.giveBack(address);
            require(wait, "Too many log-ins under this name have failed");
        }
        return attempt;
    }

    private static void require(Duration wait, String complaint) {
        if (!wait.isZero()) {
            throw RoutingException.unavailable(ErrorCode.RATE_LIMITED, complaint, wait);
        }
    }

    /** An attempt to log in. */
    final class Attempt {

        private final String address;
        private final String place;
        private final String name;

        private Attempt(String address, String place, String name) {
            this.address = address;
            this.place = place;
            this.name = name;
        }

        /** It was the user, or nobody can tell. Called once at most. */
        void doesNotCount() {
            failuresByAddress.giveBack(address);
            failuresByName.giveBack(name);
        }

        /** It was the user. Called once at most. */
        void succeeded() {
            doesNotCount();
            knownPlaces.add(place);
        }
    }
}
