package io.roomrouting.hms;

/**
 * Says which roles a user may have in a room. Called by many threads at once, before every app token; may block within the
 * caller's patience. A lambda is enough.
 */
@FunctionalInterface
public interface RolePolicy {

    /** Everybody may be {@link HmsRole#GUEST}, the room's creator also {@link HmsRole#HOST}; nobody anything else. */
    RolePolicy DEFAULT = request ->
            request.role().equals(HmsRole.GUEST) || (request.role().equals(HmsRole.HOST) && request.creator());

    /**
     * Decides.
     *
     * @param request who wants to be what, and where
     * @return whether a token with this role may be made
     */
    boolean allows(RoleRequest request);
}
