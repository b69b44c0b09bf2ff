package io.roomrouting.examples.docs;

import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.hms.HmsClient;
import io.roomrouting.hms.HmsRole;
import io.roomrouting.hms.HmsTokens;
import io.roomrouting.hms.OwnedRooms;
import io.roomrouting.hms.RolePolicy;

/** What docs/100ms.md says of a role policy. */
final class RolePolicySnippet {

    private RolePolicySnippet() {}

    static String tokenOfAModerator(HmsClient client, HmsTokens tokens, Identity who, RoomId room) {
        // tag::policy[]
        var rooms = OwnedRooms.builder(client, tokens)
                .policy(request -> RolePolicy.DEFAULT.allows(request)
                        || (request.role().equals(HmsRole.of("moderator"))
                                && "yes".equals(request.who().attributes().get("staff"))))
                .build();
        String token = rooms.token(who, room, HmsRole.of("moderator"));
        // end::policy[]
        return token;
    }
}
