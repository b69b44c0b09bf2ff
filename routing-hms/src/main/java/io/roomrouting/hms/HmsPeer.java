package io.roomrouting.hms;

/**
 * Somebody who is in a call now. A user with two devices is two peers.
 *
 * @param id the peer's own id, which 100ms gave
 * @param userId the user of the app token; may be empty for those who came in without one
 * @param name what the client shows, which the client chose; may be empty
 * @param role the role that the peer has now
 * @param joinedAt when, in ISO 8601; may be empty
 */
public record HmsPeer(String id, String userId, String name, String role, String joinedAt) {}
