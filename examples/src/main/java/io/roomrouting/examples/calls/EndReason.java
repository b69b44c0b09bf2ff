package io.roomrouting.examples.calls;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a call is over, as {@code call_ended} says. */
enum EndReason {
    /** The caller gave up before there was an answer. */
    CANCELLED(null),
    /** A device of the callee refused. */
    DECLINED(null),
    /** One of the two ended it after the answer. */
    HUNG_UP(null),
    /** It rang for too long. */
    NO_ANSWER(CallFailure.NO_ANSWER),
    /** While it rang, the callee's last device went away. */
    CALLEE_GONE(CallFailure.USER_OFFLINE),
    /** A device in the call left the room. */
    LEFT(null),
    /** A device in the call lost its connection to the room and did not come back in time. */
    CONNECTION_LOST(null),
    /** The room moved to another host, and this call could not be taken along. */
    MOVED(null);

    private final @Nullable CallFailure failure;

    EndReason(@Nullable CallFailure failure) {
        this.failure = failure;
    }

    /** What the caller is told instead of the end, when its call never came about. */
    Optional<CallFailure> failure() {
        return Optional.ofNullable(failure);
    }
}
