package io.roomrouting.examples.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.UserId;

/** What devices are told about calls. {@code from} is always the other user in the call, and never taken from a client. */
sealed interface CallEvent {

    /** The event's name. */
    String name();

    /**
     * Somebody calls, or changes what the call consists of.
     *
     * @param from the caller; in a call that has been answered, the other one
     * @param offer as it came
     * @param callId of which call
     * @param renegotiation whether the call has been answered already, so that nothing rings
     * @param crossed whether this is the answer to a call to the same user, which has lost against this one: both want to talk
     */
    record IncomingCall(UserId from, JsonNode offer, String callId, boolean renegotiation, boolean crossed)
            implements CallEvent {
        @Override
        public String name() {
            return "incoming_call";
        }
    }

    /**
     * The other one answers.
     *
     * @param from who
     * @param answer as it came
     * @param callId of which call
     */
    record CallAnswered(UserId from, JsonNode answer, String callId) implements CallEvent {
        @Override
        public String name() {
            return "call_answered";
        }
    }

    /**
     * The other one may be reached this way.
     *
     * @param from who
     * @param candidate as it came, perhaps null or empty
     * @param callId of which call
     */
    record IceCandidate(UserId from, JsonNode candidate, String callId) implements CallEvent {
        @Override
        public String name() {
            return "ice_candidate";
        }
    }

    /**
     * A call is over, or over for this device.
     *
     * @param from the other one
     * @param callId of which call
     * @param reason an {@link EndReason}, or {@code ANSWERED_ELSEWHERE}
     */
    record CallEnded(UserId from, String callId, String reason) implements CallEvent {
        @Override
        public String name() {
            return "call_ended";
        }
    }

    /**
     * A call did not come about.
     *
     * @param to who was called
     * @param code why
     */
    record CallFailed(UserId to, CallFailure code) implements CallEvent {
        @Override
        public String name() {
            return "call_failed";
        }
    }
}
