package io.roomrouting.examples.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call from one user to another: who is in it and where it stands. Tells nobody anything; that is {@link CallDesk}'s. */
final class Call {

    private final String id;
    private final Party caller;
    private final Party callee;
    private final JsonNode offer;
    private final Instant ringsUntil;
    private final EarlyCandidates early = new EarlyCandidates();
    private CallState state = CallState.RINGING;
    private TimeSource.@Nullable Cancellable ring;

    Call(String id, Device caller, UserId callee, JsonNode offer, Instant ringsUntil) {
        this.id = id;
        this.caller = Party.of(caller);
        this.callee = Party.ringing(callee);
        this.offer = offer;
        this.ringsUntil = ringsUntil;
    }

    String id() {
        return id;
    }

    Party caller() {
        return caller;
    }

    Party callee() {
        return callee;
    }

    JsonNode offer() {
        return offer;
    }

    Instant ringsUntil() {
        return ringsUntil;
    }

    EarlyCandidates early() {
        return early;
    }

    CallState state() {
        return state;
    }

    boolean isRinging() {
        return state == CallState.RINGING;
    }

    /** Whether all devices of this user ring. */
    boolean ringsFor(UserId user) {
        return isRinging() && isCallee(user);
    }

    boolean isCallee(UserId user) {
        return callee.user().equals(user);
    }

    List<Party> parties() {
        return List.of(caller, callee);
    }

    /** Who the user of this call talks to. */
    Party other(UserId user) {
        return isCallee(user) ? caller : callee;
    }

    /** Whether this device, and not another one of the same user, is in the call. */
    boolean isWith(Device device) {
        return caller.isWith(device) || callee.isWith(device);
    }

    /** The device to which this one talks; none while it rings. */
    Optional<Device> peerOf(Device device) {
        return isWith(device) ? other(device.user()).device() : Optional.empty();
    }

    /** What lets it ring no longer. */
    void ringsWith(TimeSource.Cancellable timer) {
        ring = timer;
    }

    private void ringNoMore() {
        if (ring != null) {
            ring.cancel();
            ring = null;
        }
    }

    /** The first device that answers is in the call. */
    void answeredBy(Device device) {
        if (state != CallState.RINGING) {
            throw new IllegalStateException("answered when " + state);
        }
        ringNoMore();
        callee.waitNoMore();
        callee.answersWith(device);
        state = CallState.CONNECTING;
    }

    /** After the answer: whether both devices are connected. */
    void connected(boolean both) {
        if (state == CallState.CONNECTING || state == CallState.LIVE) {
            state = both ? CallState.LIVE : CallState.CONNECTING;
        }
    }

    void end() {
        state = CallState.ENDED;
        early.clear();
        ringNoMore();
        parties().forEach(Party::waitNoMore);
    }
}
