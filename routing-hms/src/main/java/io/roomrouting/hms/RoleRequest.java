package io.roomrouting.hms;

import io.roomrouting.Identity;

/**
 * Somebody wants to join a room in a role.
 *
 * @param who as the {@link io.roomrouting.Authenticator} vouches for it
 * @param room as 100ms describes it
 * @param creator whether this user created the room
 * @param role what is asked for
 */
public record RoleRequest(Identity who, HmsRoom room, boolean creator, HmsRole role) {}
