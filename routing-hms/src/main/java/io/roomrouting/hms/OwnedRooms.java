package io.roomrouting.hms;

import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rooms of 100ms that belong to whoever created them: only the creator administers a room, and a {@link RolePolicy} says who
 * gets a token for which role. Thread-safe and without state: the owner is read from the room's name, which 100ms keeps, so
 * several instances and the next start of a process know the same owners.
 *
 * <p>A user's rooms have names of their own: two users who call a room alike have two rooms. 100ms knows them by a prefix
 * that stands for the owner, which cannot be chosen, and then the name. A room that was created elsewhere, in the dashboard
 * for example, has no owner here: nobody administers it, and by the default policy everybody gets in as guest.
 *
 * <p>Every method <em>blocks</em> as {@link HmsClient} does, and throws {@link HmsException} as it does;
 * {@link RoutingException.Forbidden} if this user may not, {@link RoutingException.InvalidRequest} if a text is out of
 * bounds.
 */
public final class OwnedRooms {

    private static final Pattern OWN_NAME = Pattern.compile("[A-Za-z0-9.:_-]{1,64}");
    private static final int MAX_TEXT = 512;

    private final HmsClient client;
    private final HmsTokens tokens;
    private final HmsRoomSpec pattern;
    private final RolePolicy policy;

    private OwnedRooms(Builder builder) {
        client = builder.client;
        tokens = builder.tokens;
        pattern = builder.pattern;
        policy = builder.policy;
    }

    /**
     * Starts with an app of 100ms and the defaults.
     *
     * @param client administers the app's rooms; stays the caller's to close
     * @param tokens of the same app
     * @return the builder
     */
    public static Builder builder(HmsClient client, HmsTokens tokens) {
        return new Builder(client, tokens);
    }

    /**
     * Creates a room, or changes the description of this user's room of that name.
     *
     * @param who becomes the owner
     * @param name 1 to 64 characters of {@code A-Z a-z 0-9 . : _ -}, compared without regard to case; empty for a room that
     *     nothing else is called like
     * @param description at most 512 characters
     * @return the room, under the name that was given
     */
    public HmsRoom create(Identity who, Optional<String> name, String description) {
        String ownName = name.orElseGet(() -> RoomId.random().value().toLowerCase(Locale.ROOT));
        if (!OWN_NAME.matcher(ownName).matches()) {
            throw RoutingException.invalid("name: 1 to 64 characters of A-Z a-z 0-9 . : _ -");
        }
        requireText("description", description);
        OwnerPrefix owner = OwnerPrefix.of(who.user());
        HmsRoom room = client.createRoom(pattern.withName(owner.nameOf(ownName)).withDescription(description));
        return owner.withoutPrefix(room);
    }

    /**
     * Makes an app token for this very user.
     *
     * @param who whose token it is
     * @param room the room's id
     * @param role what is asked for
     * @return a secret for that user alone
     */
    public String token(Identity who, RoomId room, HmsRole role) {
        HmsRoom found = client.room(room);
        boolean creator = OwnerPrefix.of(who.user()).isOn(found);
        if (!policy.allows(new RoleRequest(who, found, creator, role))) {
            throw RoutingException.forbidden("this user may not have the role " + role + " in this room");
        }
        return tokens.appToken(room, who.user(), role);
    }

    /**
     * Sends everybody out of a room of this user.
     *
     * @param who must be the room's creator
     * @param room the room's id
     * @param reason what they are told, at most 512 characters, may be empty
     * @param lock whether the room is disabled as well
     */
    public void end(Identity who, RoomId room, String reason, boolean lock) {
        requireText("reason", reason);
        requireOwn(who, room);
        client.endSession(room, reason, lock);
    }

    /**
     * Lists who is in a room of this user.
     *
     * @param who must be the room's creator
     * @param room the room's id
     * @return in no particular order
     */
    public List<HmsPeer> peers(Identity who, RoomId room) {
        requireOwn(who, room);
        return client.peers(room);
    }

    /**
     * Opens or shuts the door of a room of this user.
     *
     * @param who must be the room's creator
     * @param room the room's id
     * @param enabled whether anybody can join from now on
     * @return the room as it is now, under the name that was given
     */
    public HmsRoom setEnabled(Identity who, RoomId room, boolean enabled) {
        OwnerPrefix owner = requireOwn(who, room);
        return owner.withoutPrefix(client.setEnabled(room, enabled));
    }

    private OwnerPrefix requireOwn(Identity who, RoomId room) {
        OwnerPrefix owner = OwnerPrefix.of(who.user());
        if (!owner.isOn(client.room(room))) {
            throw RoutingException.forbidden("only the room's creator may do this");
        }
        return owner;
    }

    private static void requireText(String what, String text) {
        if (text.length() > MAX_TEXT || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw RoutingException.invalid(what + ": at most " + MAX_TEXT + " characters, all of them whole");
        }
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private final HmsClient client;
        private final HmsTokens tokens;
        private HmsRoomSpec pattern = HmsRoomSpec.named("pattern");
        private RolePolicy policy = RolePolicy.DEFAULT;

        private Builder(HmsClient client, HmsTokens tokens) {
            this.client = client;
            this.tokens = tokens;
        }

        /**
         * Says what new rooms are like; their names and descriptions are their owners' matter.
         *
         * @param value template, region and size; default as {@link HmsRoomSpec#named}
         * @return this
         */
        public Builder pattern(HmsRoomSpec value) {
            pattern = value;
            return this;
        }

        /**
         * Says which roles a user may have in a room.
         *
         * @param value default {@link RolePolicy#DEFAULT}
         * @return this
         */
        public Builder policy(RolePolicy value) {
            policy = value;
            return this;
        }

        /**
         * Makes the rooms.
         *
         * @return the rooms
         */
        public OwnedRooms build() {
            return new OwnedRooms(this);
        }
    }
}
