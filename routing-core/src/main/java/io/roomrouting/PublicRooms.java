package io.roomrouting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The public rooms of an {@link InMemoryRegistry}, with an owner or without, in the order of their ids. Thread-safe.
 *
 * <p>A page looks at no more than {@value #LOOK_AT} rooms, a match at all of its type.
 */
final class PublicRooms {

    private static final int LOOK_AT = 1_000;
    private static final int ROUNDS = 64;
    private static final Comparator<RoomId> BY_ID = Comparator.comparing(RoomId::value);

    private final ConcurrentNavigableMap<RoomId, RoomEntry> all = new ConcurrentSkipListMap<>(BY_ID);
    private final ConcurrentNavigableMap<Place, RoomEntry> byType =
            new ConcurrentSkipListMap<>(Comparator.comparing(Place::type).thenComparing(Place::room));

    /** Where a room stands among all; the empty id comes before all rooms of the type. */
    private record Place(String type, String room) {}

    /** How well a room fits. */
    private record Candidate(RoomEntry entry, int without, int free, int clients) {

        /** Best first. */
        static final Comparator<Candidate> ORDER = Comparator.comparing((Candidate one) -> one.without > 0)
                .thenComparingInt(Candidate::free)
                .thenComparing(Comparator.comparingInt(Candidate::clients).reversed());
    }

    void add(RoomEntry entry) {
        all.put(entry.room(), entry);
        byType.put(new Place(entry.spec().type(), entry.room().value()), entry);
    }

    void remove(RoomEntry entry) {
        all.remove(entry.room(), entry);
        byType.remove(new Place(entry.spec().type(), entry.room().value()), entry);
    }

    RoomPage list(RoomQuery query, long now) {
        List<RoomListing> found = new ArrayList<>();
        int looked = 0;
        for (RoomEntry entry : from(query).values()) {
            entry.listing(now).filter(listing -> fits(listing, query)).ifPresent(found::add);
            if (found.size() == query.limit() || ++looked == LOOK_AT) {
                return new RoomPage(found, Optional.of(entry.room()));
            }
        }
        return new RoomPage(found, Optional.empty());
    }

    private NavigableMap<?, RoomEntry> from(RoomQuery query) {
        String after = query.after().map(RoomId::value).orElse("");
        return query.filter()
                .type()
                .<NavigableMap<?, RoomEntry>>map(type -> ofType(type, after))
                .orElseGet(() -> query.after().isEmpty()
                        ? all
                        : all.tailMap(query.after().get(), false));
    }

    /** A type's name ends where it is followed by the smallest character there is. */
    private NavigableMap<Place, RoomEntry> ofType(String type, String after) {
        return byType.subMap(new Place(type, after), false, new Place(type + '\0', ""), false);
    }

    private static boolean fits(RoomListing listing, RoomQuery query) {
        boolean free = query.freeSeats() == 0
                || (!listing.locked() && listing.freeSeats().orElse(Integer.MAX_VALUE) >= query.freeSeats());
        return free && query.filter().fits(listing.spec(), listing.metadata());
    }

    /** Chooses again while others take what was chosen. */
    Optional<SeatResult.Reserved> match(RoomMatch match, SeatWish wish, long now) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Candidate> best = best(match, wish, now);
            if (best.isEmpty()) {
                return Optional.empty();
            }
            Optional<SeatResult.Reserved> reserved = best.get().entry.reserveNew(match.filter(), wish, now);
            if (reserved.isPresent()) {
                return reserved;
            }
        }
        return Optional.empty();
    }

    private Optional<Candidate> best(RoomMatch match, SeatWish wish, long now) {
        return match
                .filter()
                .type()
                .map(type -> ofType(type, ""))
                .<NavigableMap<?, RoomEntry>>map(rooms -> rooms)
                .orElse(all)
                .values()
                .stream()
                .filter(entry -> !match.except().contains(entry.room()))
                .flatMap(entry -> candidate(entry, match.filter(), wish, now).stream())
                .min(Candidate.ORDER);
    }

    private static Optional<Candidate> candidate(RoomEntry entry, RoomFilter filter, SeatWish wish, long now) {
        return entry.listing(now)
                .filter(listing -> !listing.locked() && filter.fits(listing.spec(), listing.metadata()))
                .map(listing -> new Candidate(
                        entry,
                        entry.without(wish, now),
                        listing.freeSeats().orElse(Integer.MAX_VALUE),
                        listing.clients()))
                .filter(candidate -> candidate.without <= candidate.free);
    }
}
