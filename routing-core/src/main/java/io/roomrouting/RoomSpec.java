package io.roomrouting;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What kind of room is wanted.
 *
 * @param type which {@link io.roomrouting.session.RoomHandlerFactory} runs it: 1 to 64 characters of
 *     {@code A-Z a-z 0-9 _ . -}
 * @param region where it should preferably live: 1 to 64 characters, as the hosts' {@code region} label spells it
 * @param maxClients how many connections it takes, 1 to 1,000,000; empty for the room type's own limit
 * @param metadata what the application wants to remember of it; at most 16 entries, keys up to 64 and values up to 256
 *     characters
 * @param visibility whether it is listed and matched, if the router has a {@link RoomDirectory}
 */
public record RoomSpec(
        String type,
        Optional<String> region,
        OptionalInt maxClients,
        Map<String, String> metadata,
        RoomVisibility visibility) {

    /** The type of a room whose creator named none. */
    public static final String DEFAULT_TYPE = "default";

    /** The largest {@link #maxClients()}. */
    public static final int MAX_CLIENTS_LIMIT = 1_000_000;

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final RoomSpec DEFAULT = new RoomSpec(DEFAULT_TYPE, Optional.empty(), OptionalInt.empty(), Map.of());

    /**
     * Checks the bounds and copies the metadata.
     *
     * @throws RoutingException.InvalidRequest if a bound is exceeded
     */
    public RoomSpec {
        check(type, region, maxClients);
        metadata = BoundedText.copy("room metadata", metadata);
    }

    /**
     * Wants a room that stands in no list.
     *
     * @param type which handler runs it
     * @param region where it should preferably live
     * @param maxClients how many connections it takes
     * @param metadata what the application wants to remember of it
     */
    public RoomSpec(String type, Optional<String> region, OptionalInt maxClients, Map<String, String> metadata) {
        this(type, region, maxClients, metadata, RoomVisibility.PRIVATE);
    }

    /** Checks what the wishes and a filter for them have in common. */
    static void check(String type, Optional<String> region, OptionalInt maxClients) {
        if (!TYPE.matcher(type).matches()) {
            throw RoutingException.invalid("a room type is 1 to 64 characters of A-Z a-z 0-9 _ . -");
        }
        if (region.isPresent() && (region.get().isBlank() || region.get().length() > 64)) {
            throw RoutingException.invalid("a region is 1 to 64 characters");
        }
        if (maxClients.isPresent() && (maxClients.getAsInt() < 1 || maxClients.getAsInt() > MAX_CLIENTS_LIMIT)) {
            throw RoutingException.invalid("maxClients is 1 to " + MAX_CLIENTS_LIMIT);
        }
    }

    /**
     * Returns a room of the default type with no wishes.
     *
     * @return the default
     */
    public static RoomSpec defaults() {
        return DEFAULT;
    }

    /**
     * Returns a room of this type with no other wishes.
     *
     * @param type the type
     * @return the spec
     */
    public static RoomSpec ofType(String type) {
        return new RoomSpec(type, Optional.empty(), OptionalInt.empty(), Map.of());
    }

    /**
     * Returns the same wishes in another region.
     *
     * @param value the region
     * @return a changed copy
     */
    public RoomSpec withRegion(String value) {
        return new RoomSpec(type, Optional.of(value), maxClients, metadata, visibility);
    }

    /**
     * Returns the same wishes with another limit of connections.
     *
     * @param value the limit
     * @return a changed copy
     */
    public RoomSpec withMaxClients(int value) {
        return new RoomSpec(type, region, OptionalInt.of(value), metadata, visibility);
    }

    /**
     * Returns the same wishes with other metadata.
     *
     * @param value the metadata
     * @return a changed copy
     */
    public RoomSpec withMetadata(Map<String, String> value) {
        return new RoomSpec(type, region, maxClients, value, visibility);
    }

    /**
     * Returns the same wishes for a room that is, or is not, listed and matched.
     *
     * @param value the visibility
     * @return a changed copy
     */
    public RoomSpec withVisibility(RoomVisibility value) {
        return new RoomSpec(type, region, maxClients, metadata, value);
    }
}
