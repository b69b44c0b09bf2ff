package io.roomrouting.session;

/** What happens to a message for a client whose outbound queue is full. */
public enum SlowConsumer {
    /** The client is sent away with {@link LeaveReason#SLOW_CONSUMER} and may come back: nobody misses a message silently. */
    CLOSE,
    /** The message is dropped for that client: for rooms that send states of which only the newest counts. */
    DROP
}
