package io.roomrouting.examples.calls;

/** What a device is answered. */
sealed interface CallReply {

    /** The code for a call that there is not, or not any more. */
    String NO_CALL = "NO_CALL";

    /**
     * Done.
     *
     * @param callId of which call
     * @param state how it stands now
     */
    record Done(String callId, CallState state) implements CallReply {}

    /** Nothing was left to do. */
    record Nothing() implements CallReply {}

    /**
     * Not done.
     *
     * @param code a stable name
     * @param detail one line for people
     * @param told whether a device that asks for no reply needs no word about it: it was told otherwise, or has nothing to do
     */
    record Refused(String code, String detail, boolean told) implements CallReply {}
}
