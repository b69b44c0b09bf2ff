package io.roomrouting.jdbc;

import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomMatch;
import io.roomrouting.RoomPage;
import io.roomrouting.RoomQuery;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists and matches public rooms. What is read here is only where to look: whoever reserves a seat decides anew, with the room
 * locked.
 */
final class Lobby {

    private static final int LOOK_AT = 1_000;
    private static final int CHUNK = RoomQuery.MAX_LIMIT;
    private static final int CANDIDATES = 16;
    private static final int LAPSED = 100;
    private static final int ROUNDS = 16;

    private final Seats seats;

    Lobby(Seats seats) {
        this.seats = seats;
    }

    RoomPage list(Call call, RoomQuery query) throws SQLException {
        List<RoomListing> page = new ArrayList<>();
        Optional<RoomId> last = query.after();
        for (int looked = 0; looked < LOOK_AT; looked += CHUNK) {
            List<Listed> chunk = chunk(call, query.filter().type(), last);
            for (Listed room : chunk) {
                last = Optional.of(room.id());
                room.listing().filter(listing -> fits(listing, query)).ifPresent(page::add);
                if (page.size() == query.limit()) {
                    return new RoomPage(page, last);
                }
            }
            if (chunk.size() < CHUNK) {
                return new RoomPage(page, Optional.empty());
            }
        }
        return new RoomPage(page, last);
    }

    private static List<Listed> chunk(Call call, Optional<String> type, Optional<RoomId> last) throws SQLException {
        String after = last.map(RoomId::value).orElse("");
        return type.isPresent()
                ? call.all(SeatSql.PAGE_OF_TYPE, Listed::read, type.get(), after, CHUNK)
                : call.all(SeatSql.PAGE, Listed::read, after, CHUNK);
    }

    private static boolean fits(RoomListing listing, RoomQuery query) {
        boolean free = query.freeSeats() == 0
                || (!listing.locked() && listing.freeSeats().orElse(Integer.MAX_VALUE) >= query.freeSeats());
        return free && query.filter().fits(listing.spec(), listing.metadata());
    }

    /** A row of the list. */
    private record Listed(LobbyRow row, Optional<LeaseRow> backing, long reserved) {

        static Listed read(ResultSet columns) throws SQLException {
            LobbyRow row = LobbyRow.read(columns);
            return new Listed(row, Rooms.backing(row.room(), LeaseRow.read(columns)), columns.getLong("reserved"));
        }

        RoomId id() {
            return row.room().room();
        }

        Optional<RoomListing> listing() {
            return row.listed() && row.room().isInForce(backing)
                    ? Optional.of(row.listing(reserved))
                    : Optional.empty();
        }
    }

    /** Chooses again while others take what was chosen. */
    Optional<SeatResult.Reserved> match(Call call, RoomMatch match, SeatWish wish) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            List<Candidate> best = candidates(call, match, wish);
            if (best.isEmpty()) {
                return Optional.empty();
            }
            for (Candidate candidate : best) {
                Optional<SeatResult.Reserved> reserved =
                        seats.reserveMatched(call, candidate.listing().room(), match.filter(), wish);
                if (reserved.isPresent()) {
                    return reserved;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A room that fits.
     *
     * @param without how many of the users have no reservation in it
     */
    private record Candidate(RoomListing listing, int without) {

        static final Comparator<Candidate> BEST_FIRST = Comparator.comparing((Candidate one) -> one.without > 0)
                .thenComparingInt(Candidate::free)
                .thenComparing(Comparator.comparingInt((Candidate one) -> one.listing.clients())
                        .reversed());

        int free() {
            return listing.freeSeats().orElse(Integer.MAX_VALUE);
        }

        boolean fits(RoomMatch match) {
            return !listing.locked()
                    && without <= free()
                    && !match.except().contains(listing.room())
                    && match.filter().fits(listing.spec(), listing.metadata());
        }
    }

    private static List<Candidate> candidates(Call call, RoomMatch match, SeatWish wish) throws SQLException {
        Map<RoomId, Integer> own = reservedFor(call, wish);
        Map<RoomId, Listed> rooms = new LinkedHashMap<>();
        for (Listed room : open(call, match, wish)) {
            rooms.put(room.id(), room);
        }
        Set<RoomId> others = new LinkedHashSet<>(own.keySet());
        call.all(SeatSql.LAPSED, row -> RoomId.of(row.getString(1)), LAPSED).forEach(others::add);
        others.removeAll(rooms.keySet());
        for (RoomId other : others) {
            call.first(SeatSql.BY_ID, Listed::read, other.value()).ifPresent(room -> rooms.put(other, room));
        }
        return rooms.values().stream()
                .flatMap(room -> room.listing().stream())
                .map(listing -> new Candidate(listing, wish.users().size() - own.getOrDefault(listing.room(), 0)))
                .filter(candidate -> candidate.fits(match))
                .sorted(Candidate.BEST_FIRST)
                .toList();
    }

    private static Map<RoomId, Integer> reservedFor(Call call, SeatWish wish) throws SQLException {
        List<@Nullable Object> users = new ArrayList<>();
        wish.users().forEach(user -> users.add(user.value()));
        Map<RoomId, Integer> counts = new HashMap<>();
        call.all(
                        SeatSql.reservedFor(users.size()),
                        row -> Map.entry(RoomId.of(row.getString(1)), row.getInt(2)),
                        users.toArray())
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    private static List<Listed> open(Call call, RoomMatch match, SeatWish wish) throws SQLException {
        RoomFilter filter = match.filter();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(wish.users().size());
        filter.type().ifPresent(values::add);
        filter.region().ifPresent(values::add);
        filter.maxClients().ifPresent(values::add);
        filter.metadata().forEach((key, value) -> values.add("&" + FormText.of(Map.of(key, value)) + "&"));
        values.add(CANDIDATES + match.except().size());
        return call.all(SeatSql.candidates(filter), Listed::read, values.toArray());
    }
}
