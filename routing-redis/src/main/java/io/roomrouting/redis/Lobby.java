package io.roomrouting.redis;

import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomMatch;
import io.roomrouting.RoomPage;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomReports;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatId;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import io.roomrouting.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The lists and seats of a {@link RedisRegistry}: each call is one script. */
final class Lobby {

    /** How many rooms one call looks at. */
    static final int LOOK_AT = 1_000;

    private final RegistryScripts scripts;

    Lobby(RegistryScripts scripts) {
        this.scripts = scripts;
    }

    RoomPage list(RoomQuery query) {
        List<Object> arguments = new ArrayList<>(List.of(
                query.filter().type().orElse(""),
                query.after().map(RoomId::value).orElse(""),
                query.limit(),
                LOOK_AT,
                query.freeSeats()));
        addFilter(arguments, query.filter());
        Reply reply = scripts.run(Script.PAGE, arguments.toArray());
        return new RoomPage(
                reply.nested(1).stream().map(Lobby::listing).toList(),
                Optional.of(reply.word()).filter(next -> !next.isEmpty()).map(RoomId::of));
    }

    private static void addFilter(List<Object> arguments, RoomFilter filter) {
        List<String> made = Stream.<Optional<String>>of(
                        filter.type().map(type -> Texts.pair("type", type)),
                        filter.region().map(region -> Texts.pair("region", region)),
                        filter.maxClients().stream()
                                .mapToObj(most -> Texts.pair("maxClients", Integer.toString(most)))
                                .findFirst())
                .flatMap(Optional::stream)
                .toList();
        arguments.add(made.size());
        arguments.addAll(made);
        filter.metadata().forEach((key, value) -> arguments.add(Texts.metadataPair(key, value)));
    }

    private static RoomListing listing(Reply room) {
        String free = room.text(4);
        return new RoomListing(
                RoomId.of(room.text(0)),
                Texts.toSpec(room.text(1)),
                Texts.toMetadata(room.text(2)),
                room.number(3),
                free.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(free)),
                room.flag(5));
    }

    SeatResult reserve(RoomId room, SeatWish wish) {
        List<UserId> users = List.copyOf(wish.users());
        List<Object> arguments = new ArrayList<>(List.of(wish.hold().toMillis()));
        users.forEach(user -> arguments.add(SeatId.random()));
        arguments.addAll(users);
        Reply reply = scripts.runOn(room, Script.RESERVE, arguments.toArray());
        return switch (reply.word()) {
            case "RESERVED" -> reserved(room, reply, users);
            case "VACANT" -> new SeatResult.Vacant(new RoomRecord(room, Texts.toSpec(reply.text(1)), Optional.empty()));
            case "FULL" -> new SeatResult.Full();
            case "LOCKED" -> new SeatResult.Locked();
            case "NONE" -> new SeatResult.NoSuchRoom();
            default -> throw reply.unexpected();
        };
    }

    private static SeatResult reserved(RoomId room, Reply reply, List<UserId> users) {
        Map<UserId, RoomSeat> seats = new HashMap<>();
        for (int i = 0; i < users.size() && reply.size() > 5; i++) {
            seats.put(users.get(i), new RoomSeat(SeatId.of(reply.text(5 + 2 * i)), reply.flag(6 + 2 * i)));
        }
        return new SeatResult.Reserved(owned(room, reply, 1), seats);
    }

    private static RoomRecord owned(RoomId room, Reply reply, int first) {
        RoomSpec spec = Texts.toSpec(reply.text(first));
        return new RoomRecord(room, spec, Optional.of(Rooms.assignment(room, reply, first + 1)));
    }

    Optional<SeatResult.Reserved> match(RoomMatch match, SeatWish wish) {
        List<UserId> users = List.copyOf(wish.users());
        List<Object> arguments = new ArrayList<>(
                List.of(match.filter().type().orElse(""), LOOK_AT, wish.hold().toMillis(), users.size()));
        users.forEach(user -> arguments.add(SeatId.random()));
        arguments.addAll(users);
        arguments.add(match.except().size());
        arguments.addAll(match.except());
        addFilter(arguments, match.filter());
        Reply reply = scripts.run(Script.MATCH, arguments.toArray());
        if (reply.word().equals("NONE")) {
            return Optional.empty();
        }
        Map<UserId, RoomSeat> seats = new HashMap<>();
        for (int i = 0; i < users.size() && reply.size() > 6; i++) {
            seats.put(users.get(i), new RoomSeat(SeatId.of(reply.text(6 + i)), false));
        }
        return Optional.of(new SeatResult.Reserved(owned(RoomId.of(reply.text(1)), reply, 2), seats));
    }

    void cancel(RoomId room, Set<SeatId> seats) {
        scripts.runOn(room, Script.CANCEL, seats.toArray());
    }

    void report(HostIncarnation host, List<RoomReport> reports) {
        if (reports.size() > RoomReports.MAX_ROOMS) {
            throw RoutingException.invalid("at most " + RoomReports.MAX_ROOMS + " rooms are reported at a time");
        }
        List<Object> arguments = new ArrayList<>(List.of(Texts.of(host)));
        reports.forEach(report -> addReport(arguments, report));
        scripts.run(Script.REPORT, reports.stream().map(RoomReport::room).toList(), arguments.toArray());
    }

    private static void addReport(List<Object> arguments, RoomReport report) {
        arguments.addAll(List.of(
                report.room(),
                report.epoch(),
                report.number(),
                report.clients(),
                report.limit(),
                report.locked() ? 1 : 0,
                report.visibility() == RoomVisibility.PUBLIC ? 1 : 0,
                Texts.ofMetadata(report.metadata()),
                report.taken().size()));
        report.taken().forEach((seat, user) -> arguments.addAll(List.of(seat, user)));
        arguments.add(report.freed().size());
        arguments.addAll(report.freed());
    }
}
