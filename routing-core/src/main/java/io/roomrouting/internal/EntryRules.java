package io.roomrouting.internal;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SameUser;
import org.jspecify.annotations.Nullable;

/** Whether a room has a place for one more. */
record EntryRules(int limit, SameUser sameUser) {

    static EntryRules of(RoomSpec spec, RoomSettings settings) {
        int limit = Math.min(spec.maxClients().orElse(Integer.MAX_VALUE), settings.maxClients());
        return new EntryRules(limit, settings.sameUser());
    }

    boolean allowsSeveral() {
        return sameUser == SameUser.ALLOW;
    }

    boolean newestReplaces() {
        return sameUser == SameUser.REPLACE;
    }

    /**
     * Decides.
     *
     * @param sessions how many are in the room
     * @param ofThisUser how many of them are the same user's
     * @return why not, or null for yes
     */
    @Nullable RoutingException refusal(int sessions, int ofThisUser) {
        return switch (sameUser) {
            case REJECT -> ofThisUser > 0 ? alreadyJoined() : full(sessions);
            case REPLACE -> full(sessions - ofThisUser);
            case ALLOW -> full(sessions);
        };
    }

    private @Nullable RoutingException full(int staying) {
        return staying < limit
                ? null
                : RoutingException.roomRefused(ErrorCode.ROOM_FULL, "the room takes " + limit + " clients");
    }

    private static RoutingException alreadyJoined() {
        return RoutingException.roomRefused(ErrorCode.ALREADY_JOINED, "this user is already in the room");
    }
}
