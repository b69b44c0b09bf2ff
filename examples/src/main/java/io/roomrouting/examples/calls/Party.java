package io.roomrouting.examples.calls;

import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the two users in a call. */
final class Party {

    private final UserId user;
    private @Nullable Device device;
    private TimeSource.@Nullable Cancellable patience;

    private Party(UserId user, @Nullable Device device) {
        this.user = user;
        this.device = device;
    }

    static Party of(Device device) {
        return new Party(device.user(), device);
    }

    /** Somebody who has not answered. */
    static Party ringing(UserId user) {
        return new Party(user, null);
    }

    UserId user() {
        return user;
    }

    /** The one device in the call; none of a callee who has not answered. */
    Optional<Device> device() {
        return Optional.ofNullable(device);
    }

    boolean isWith(Device candidate) {
        return candidate.equals(device);
    }

    void answersWith(Device answering) {
        device = answering;
    }

    /** Begins to wait for this party to come back, unless that has begun. */
    void waitFor(CallLines lines, Duration time, Runnable then) {
        if (patience == null) {
            patience = lines.schedule(time, then);
        }
    }

    /** It is back, or it does not matter any more. */
    void waitNoMore() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }
}
