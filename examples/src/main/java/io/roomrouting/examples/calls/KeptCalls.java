package io.roomrouting.examples.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.roomrouting.UserId;
import io.roomrouting.examples.calls.EarlyCandidates.Early;
import io.roomrouting.jackson.JacksonPayloadCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of a room as JSON that outlives its host. */
final class KeptCalls {

    /** After a move, clients come back one after the other. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final int MAX_BYTES = 300 * 1024;

    private static final JacksonPayloadCodec JSON = new JacksonPayloadCodec();

    private KeptCalls() {}

    /** Writes all calls; what rings is written without its offer when there is too much, and ends at the next host. */
    static byte[] write(CallDesk desk, Instant now) {
        List<JsonNode> all = new ArrayList<>();
        int bytes = 0;
        for (Call call : desk.calls()) {
            KeptCall kept = KeptCall.of(call, now);
            byte[] whole = JSON.encode(kept);
            byte[] fitting = bytes + whole.length <= MAX_BYTES ? whole : JSON.encode(kept.cut());
            bytes += fitting.length;
            all.add(JSON.decode(fitting).as(JsonNode.class));
        }
        return JSON.encode(all);
    }

    /** Goes on with the calls whose devices may come back, and tells the others that theirs are over. */
    static void restore(JsonNode state, CallDesk desk, CallLines lines) {
        for (KeptCall kept : JSON.decode(JSON.encode(state)).as(KeptCall[].class)) {
            Call call = kept.toCall(lines.now());
            desk.add(call, Duration.ofMillis(kept.ringsForMillis()), PATIENCE);
            if (call.isRinging() && kept.offer().isNull()) {
                desk.end(call, EndReason.MOVED, null);
            }
            kept.devices().stream()
                    .filter(device -> !lines.devicesOf(device.user()).contains(device))
                    .forEach(desk::left);
            if (call.isRinging()) {
                desk.left(new Device(kept.callee(), ""));
            }
        }
    }

    /**
     * A call.
     *
     * @param calleeSession nothing while it rings
     * @param ringsForMillis for how long it would ring
     * @param offer null after the answer, or if it had to be left out
     */
    private record KeptCall(
            String id,
            UserId caller,
            String callerSession,
            UserId callee,
            @Nullable String calleeSession,
            long ringsForMillis,
            JsonNode offer,
            List<KeptCandidate> early) {

        static KeptCall of(Call call, Instant now) {
            return new KeptCall(
                    call.id(),
                    call.caller().user(),
                    call.caller().device().orElseThrow().session(),
                    call.callee().user(),
                    call.callee().device().map(Device::session).orElse(null),
                    Math.max(0, Duration.between(now, call.ringsUntil()).toMillis()),
                    call.isRinging() ? call.offer() : NullNode.getInstance(),
                    call.early().all().stream().map(KeptCandidate::of).toList());
        }

        KeptCall cut() {
            JsonNode nothing = NullNode.getInstance();
            return new KeptCall(id, caller, callerSession, callee, calleeSession, ringsForMillis, nothing, List.of());
        }

        Call toCall(Instant now) {
            Device callerDevice = new Device(caller, callerSession);
            Call call = new Call(id, callerDevice, callee, offer, now.plusMillis(ringsForMillis));
            if (calleeSession != null) {
                call.answeredBy(new Device(callee, calleeSession));
            }
            early.forEach(candidate -> call.early().add(candidate.device(), Signal.of(candidate.candidate())));
            return call;
        }

        List<Device> devices() {
            Device callerDevice = new Device(caller, callerSession);
            return calleeSession == null
                    ? List.of(callerDevice)
                    : List.of(callerDevice, new Device(callee, calleeSession));
        }
    }

    private record KeptCandidate(UserId user, String session, JsonNode candidate) {

        static KeptCandidate of(Early early) {
            return new KeptCandidate(early.from().user(), early.from().session(), early.candidate());
        }

        Device device() {
            return new Device(user, session);
        }
    }
}
