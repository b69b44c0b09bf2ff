package io.roomrouting.session;

import io.roomrouting.UserId;

/**
 * A session of a room, as operators see it.
 *
 * @param sessionId the session's id, as {@link Session#id()}
 * @param user whose it is; a user may have several
 * @param connected false while its connection is away and its seat is kept
 */
public record RoomMember(String sessionId, UserId user, boolean connected) {}
