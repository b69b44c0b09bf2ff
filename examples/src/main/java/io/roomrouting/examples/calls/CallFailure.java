package io.roomrouting.examples.calls;

/** Why a call did not come about, as {@code call_failed} says. */
enum CallFailure {
    /** The callee is not in the room. */
    USER_OFFLINE("is not here"),
    /** One of the two is in a call already, or is being called. */
    USER_BUSY("is in a call, or you are"),
    /** Caller and callee are the same. */
    SELF_CALL("is yourself"),
    /** Nobody answered in time. */
    NO_ANSWER("did not answer");

    private final String words;

    CallFailure(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
