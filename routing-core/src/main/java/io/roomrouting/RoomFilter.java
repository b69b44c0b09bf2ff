package io.roomrouting;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which rooms fit. What is empty fits every room.
 *
 * @param type equals the room's type
 * @param region equals the region that the room was made for
 * @param maxClients equals the limit that the room was made with
 * @param metadata entries that the room's current metadata has, each with this very value; at most 16 entries, keys up to 64
 *     and values up to 256 characters
 */
public record RoomFilter(
        Optional<String> type, Optional<String> region, OptionalInt maxClients, Map<String, String> metadata) {

    private static final RoomFilter EVERY_ROOM =
            new RoomFilter(Optional.empty(), Optional.empty(), OptionalInt.empty(), Map.of());

    /**
     * Checks the bounds and copies the metadata.
     *
     * @throws RoutingException.InvalidRequest if a bound is exceeded
     */
    public RoomFilter {
        RoomSpec.check(type.orElse(RoomSpec.DEFAULT_TYPE), region, maxClients);
        metadata = BoundedText.copy("room metadata", metadata);
    }

    /**
     * Lets every room pass.
     *
     * @return the filter
     */
    public static RoomFilter everyRoom() {
        return EVERY_ROOM;
    }

    /**
     * Lets every room of a type pass.
     *
     * @param type the type
     * @return the filter
     */
    public static RoomFilter ofType(String type) {
        return new RoomFilter(Optional.of(type), Optional.empty(), OptionalInt.empty(), Map.of());
    }

    /**
     * Lets the rooms pass that grant these wishes.
     *
     * @param spec the wishes; its visibility does not count
     * @return the filter
     */
    public static RoomFilter like(RoomSpec spec) {
        return new RoomFilter(Optional.of(spec.type()), spec.region(), spec.maxClients(), spec.metadata());
    }

    /**
     * Returns the same filter with other metadata.
     *
     * @param value the entries
     * @return a changed copy
     */
    public RoomFilter withMetadata(Map<String, String> value) {
        return new RoomFilter(type, region, maxClients, value);
    }

    /**
     * Says whether a room fits.
     *
     * @param spec how it was made
     * @param current its metadata now
     * @return true if it does
     */
    public boolean fits(RoomSpec spec, Map<String, String> current) {
        boolean made = (type.isEmpty() || type.get().equals(spec.type()))
                && (region.isEmpty() || region.equals(spec.region()))
                && (maxClients.isEmpty() || maxClients.equals(spec.maxClients()));
        return made && current.entrySet().containsAll(metadata.entrySet());
    }
}
