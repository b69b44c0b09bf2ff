package io.roomrouting.session;

/** What happens when a user who is in the room connects again. */
public enum SameUser {
    /** Both stay: one user, two sessions. */
    ALLOW,
    /** The newcomer stays and the older sessions end with {@link LeaveReason#REPLACED}. */
    REPLACE,
    /** The newcomer is refused with {@link io.roomrouting.ErrorCode#ALREADY_JOINED}. */
    REJECT
}
