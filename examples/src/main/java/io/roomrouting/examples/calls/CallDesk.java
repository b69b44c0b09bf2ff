package io.roomrouting.examples.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.UserId;
import io.roomrouting.examples.calls.CallEvent.CallAnswered;
import io.roomrouting.examples.calls.CallEvent.CallEnded;
import io.roomrouting.examples.calls.CallEvent.CallFailed;
import io.roomrouting.examples.calls.CallEvent.IceCandidate;
import io.roomrouting.examples.calls.CallEvent.IncomingCall;
import io.roomrouting.examples.calls.CallReply.Done;
import io.roomrouting.examples.calls.CallReply.Refused;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one room, and the rules about them.
 *
 * <ul>
 *   <li>A user is in one call at most, and a call is between two users. While it rings, all devices of the callee ring; the
 *       first that answers is in the call, the others are told that it is over for them.
 *   <li>What the two devices say goes to the other one, as it came and in its order. What does not belong to a call goes to
 *       nobody.
 *   <li>When two users call each other at once, the call that came first goes on, and the other is told to answer it.
 *   <li>Whatever happens to one side, the other learns the end of the call.
 * </ul>
 *
 * <p>Belongs to the room's thread.
 */
final class CallDesk {

    static final Duration RING = Duration.ofSeconds(30);

    /** How long a device whose connection broke may stay away. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private final CallLines lines;
    private final Map<UserId, Call> byUser = new HashMap<>();

    CallDesk(CallLines lines) {
        this.lines = lines;
    }

    /** The calls that are not over. */
    Collection<Call> calls() {
        return new LinkedHashSet<>(byUser.values());
    }

    // What devices ask for

    /** Calls somebody; within a call that has been answered, and whenever a call is named, changes what it consists of. */
    CallReply call(Device from, UserId to, @Nullable String callId, Signal offer) {
        if (callId != null && find(from, to, callId) == null) {
            // It was meant for a call that is over, and must not ring.
            return noCall(to, false);
        }
        if (to.equals(from.user())) {
            return fail(from, to, CallFailure.SELF_CALL);
        }
        Call current = byUser.get(from.user());
        if (current != null) {
            return current.other(from.user()).user().equals(to)
                    ? callAgain(current, from, to, offer)
                    : fail(from, to, CallFailure.USER_BUSY);
        }
        if (lines.devicesOf(to).isEmpty()) {
            return fail(from, to, CallFailure.USER_OFFLINE);
        }
        return byUser.containsKey(to) ? fail(from, to, CallFailure.USER_BUSY) : ring(from, to, offer);
    }

    private CallReply callAgain(Call call, Device from, UserId to, Signal offer) {
        if (call.isRinging() && call.isWith(from)) {
            return new Refused("CALL_IN_PROGRESS", to + " is being called and has not answered yet", false);
        }
        Optional<Device> peer = call.peerOf(from);
        if (peer.isPresent()) {
            lines.send(peer.get(), new IncomingCall(from.user(), offer.value(), call.id(), true, false));
            return new Done(call.id(), call.state());
        }
        CallReply busy = fail(from, to, CallFailure.USER_BUSY);
        if (call.ringsFor(from.user())) {
            lines.send(from, new IncomingCall(to, call.offer(), call.id(), false, true));
        }
        return busy;
    }

    private CallReply ring(Device from, UserId to, Signal offer) {
        Call call = new Call(
                UUID.randomUUID().toString(),
                from,
                to,
                offer.value(),
                lines.now().plus(RING));
        add(call, RING, PATIENCE);
        for (Device device : lines.devicesOf(to)) {
            ring(call, device);
        }
        return new Done(call.id(), call.state());
    }

    private void ring(Call call, Device device) {
        lines.send(device, new IncomingCall(call.caller().user(), call.offer(), call.id(), false, false));
    }

    /** Takes a call up, one of this room or of the host on which the room was before. */
    void add(Call call, Duration ringsFor, Duration patience) {
        call.parties().forEach(party -> byUser.put(party.user(), call));
        if (call.isRinging()) {
            call.ringsWith(lines.schedule(ringsFor, () -> end(call, EndReason.NO_ANSWER, null)));
        }
        watch(call, patience);
    }

    /** Answers a call, or an offer within one. */
    CallReply answer(Device from, UserId to, @Nullable String callId, Signal answer) {
        Call call = find(from, to, callId);
        if (call == null) {
            return noCall(to, false);
        }
        Optional<Device> peer = call.peerOf(from);
        if (peer.isPresent()) {
            lines.send(peer.get(), new CallAnswered(from.user(), answer.value(), call.id()));
            return new Done(call.id(), call.state());
        }
        if (!call.isCallee(from.user())) {
            return noCall(to, false);
        }
        return call.isRinging()
                ? connect(call, from, answer)
                : new Refused("ANSWERED_ELSEWHERE", "another device has answered", false);
    }

    private CallReply connect(Call call, Device from, Signal answer) {
        call.answeredBy(from);
        Device caller = call.peerOf(from).orElseThrow();
        lines.send(caller, new CallAnswered(from.user(), answer.value(), call.id()));
        handOver(call, caller, from);
        handOver(call, from, caller);
        call.early().clear();
        for (Device device : lines.devicesOf(from.user())) {
            if (!device.equals(from)) {
                lines.send(device, new CallEnded(caller.user(), call.id(), "ANSWERED_ELSEWHERE"));
            }
        }
        watch(call, PATIENCE);
        return new Done(call.id(), call.state());
    }

    private void handOver(Call call, Device from, Device to) {
        for (JsonNode candidate : call.early().of(from)) {
            lines.send(to, new IceCandidate(from.user(), candidate, call.id()));
        }
    }

    /** Passes a candidate on, or keeps it until there is an answer. */
    CallReply candidate(Device from, UserId to, @Nullable String callId, Signal candidate) {
        Call call = find(from, to, callId);
        if (call == null || !(call.isWith(from) || call.ringsFor(from.user()))) {
            return noCall(to, true);
        }
        if (call.isRinging()) {
            return call.early().add(from, candidate)
                    ? new Done(call.id(), call.state())
                    : new Refused("OVERLOADED", "there are too many candidates before the answer", false);
        }
        lines.send(call.peerOf(from).orElseThrow(), new IceCandidate(from.user(), candidate.value(), call.id()));
        return new Done(call.id(), call.state());
    }

    /** Ends a call, refuses it, or gives it up. That there is none to end is well too. */
    CallReply end(Device from, UserId to, @Nullable String callId) {
        Call call = find(from, to, callId);
        if (call == null) {
            return new CallReply.Nothing();
        }
        if (call.isWith(from)) {
            end(call, call.isRinging() ? EndReason.CANCELLED : EndReason.HUNG_UP, from);
        } else if (call.ringsFor(from.user())) {
            end(call, EndReason.DECLINED, from);
        } else {
            // Another device of the same user: the call is not its own.
            return new CallReply.Nothing();
        }
        return new Done(call.id(), call.state());
    }

    private @Nullable Call find(Device from, UserId to, @Nullable String callId) {
        Call call = byUser.get(from.user());
        boolean meant = call != null
                && call.other(from.user()).user().equals(to)
                && (callId == null || callId.equals(call.id()));
        return meant ? call : null;
    }

    private static Refused noCall(UserId to, boolean silent) {
        return new Refused(CallReply.NO_CALL, "this device is in no call with " + to, silent);
    }

    private CallReply fail(Device from, UserId to, CallFailure failure) {
        lines.send(from, new CallFailed(to, failure));
        return new Refused(failure.name(), to + " " + failure.words(), true);
    }

    // What happens to devices

    /** A device has come: it rings too. */
    void joined(Device device) {
        Call call = byUser.get(device.user());
        if (call != null && call.ringsFor(device.user())) {
            ring(call, device);
            watch(call, PATIENCE);
        }
    }

    /** A device's connection broke, or it is back. */
    void changed(Device device) {
        Call call = byUser.get(device.user());
        if (call != null) {
            watch(call, PATIENCE);
        }
    }

    /** A device has gone and does not come back. */
    void left(Device device) {
        Call call = byUser.get(device.user());
        if (call == null) {
            return;
        }
        if (call.isWith(device)) {
            end(call, EndReason.LEFT, device);
        } else if (lines.devicesOf(call.callee().user()).isEmpty()) {
            end(call, EndReason.CALLEE_GONE, null);
        } else {
            watch(call, PATIENCE);
        }
    }

    /** Looks who is connected, and waits for who is not, for so long. */
    private void watch(Call call, Duration patience) {
        boolean both = true;
        for (Party party : call.parties()) {
            if (isConnected(party)) {
                party.waitNoMore();
            } else {
                both = false;
                party.waitFor(lines, patience, () -> end(call, lossOf(party), null));
            }
        }
        call.connected(both);
    }

    private boolean isConnected(Party party) {
        List<Device> devices = party.device().map(List::of).orElseGet(() -> lines.devicesOf(party.user()));
        return devices.stream().anyMatch(lines::isConnected);
    }

    private static EndReason lossOf(Party party) {
        return party.device().isPresent() ? EndReason.CONNECTION_LOST : EndReason.CALLEE_GONE;
    }

    /** Ends a call and tells everybody concerned, but for the device that knows. */
    void end(Call call, EndReason reason, @Nullable Device whoKnows) {
        List<Device> callees = call.callee()
                .device()
                .map(List::of)
                .orElseGet(() -> lines.devicesOf(call.callee().user()));
        call.end();
        call.parties().forEach(party -> byUser.remove(party.user()));
        UserId caller = call.caller().user();
        UserId callee = call.callee().user();
        tell(
                call.caller().device().orElseThrow(),
                whoKnows,
                reason.failure()
                        .<CallEvent>map(failure -> new CallFailed(callee, failure))
                        .orElseGet(() -> new CallEnded(callee, call.id(), reason.name())));
        callees.forEach(device -> tell(device, whoKnows, new CallEnded(caller, call.id(), reason.name())));
    }

    private void tell(Device device, @Nullable Device whoKnows, CallEvent event) {
        if (!device.equals(whoKnows)) {
            lines.send(device, event);
        }
    }
}
