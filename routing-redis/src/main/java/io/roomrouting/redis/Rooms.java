package io.roomrouting.redis;

import io.roomrouting.Claim;
import io.roomrouting.ClaimResult;
import io.roomrouting.Epoch;
import io.roomrouting.Placement;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.Optional;

/** The rooms of a {@link RedisRegistry}: each call is one script, whose answer is put into the words of the vocabulary here. */
final class Rooms {

    /** Beyond this, numbers lose digits in Lua. */
    private static final long LARGEST_EPOCH = (1L << 53) - 1;

    private final RegistryScripts scripts;
    private final Duration unconfirmedClaimLife;
    private final int maxRooms;

    Rooms(RegistryScripts scripts, Duration unconfirmedClaimLife, int maxRooms) {
        this.scripts = scripts;
        this.unconfirmedClaimLife = unconfirmedClaimLife;
        this.maxRooms = maxRooms;
    }

    Optional<RoomRecord> find(RoomId room) {
        Reply reply = scripts.runOn(room, Script.FIND);
        return reply.word().equals("NONE") ? Optional.empty() : Optional.of(record(room, reply));
    }

    RoomRecord create(RoomId fresh, RoomSpec spec) {
        return made(fresh, scripts.runOnceOn(fresh, Script.MAKE, Texts.of(spec), maxRooms, 1));
    }

    RoomRecord ensure(RoomId room, RoomSpec spec) {
        return made(room, scripts.runOn(room, Script.MAKE, Texts.of(spec), maxRooms, 0));
    }

    private static RoomRecord made(RoomId room, Reply reply) {
        return switch (reply.word()) {
            case "ROOM" -> record(room, reply);
            case "TAKEN" -> throw RoutingException.invalid("the room id is taken");
            case "FULL" -> throw RegistryScripts.full("rooms");
            default -> throw reply.unexpected();
        };
    }

    private static RoomRecord record(RoomId room, Reply reply) {
        RoomSpec spec = Texts.toSpec(reply.text(1));
        return new RoomRecord(
                room, spec, reply.size() == 2 ? Optional.empty() : Optional.of(assignment(room, reply, 2)));
    }

    /** Owner, address and epoch, from there on. */
    static RoomAssignment assignment(RoomId room, Reply reply, int first) {
        return new RoomAssignment(
                room,
                Texts.toHost(reply.text(first)),
                Texts.toAddress(reply.text(first + 1)),
                new Epoch(Long.parseLong(reply.text(first + 2))));
    }

    ClaimResult claim(Claim claim) {
        Placement placement = claim.placement();
        Reply reply = scripts.runOn(
                claim.room(),
                Script.CLAIM,
                Texts.of(placement.host()),
                Texts.of(placement.address()),
                unconfirmedClaimLife.toMillis(),
                placement
                        .validity()
                        .map(Duration::toMillis)
                        .map(Object::toString)
                        .orElse(""));
        return switch (reply.word()) {
            case "GRANTED" -> new ClaimResult.Granted(assignment(claim.room(), reply, 1));
            case "HELD" -> new ClaimResult.Held(assignment(claim.room(), reply, 1));
            case "REFUSED" -> new ClaimResult.HostRefused(ClaimResult.Refusal.valueOf(reply.text(1)));
            case "NONE" -> new ClaimResult.NoSuchRoom();
            default -> throw reply.unexpected();
        };
    }

    boolean confirm(RoomAssignment assignment) {
        checkEpoch(assignment.epoch());
        return scripts.runOn(assignment.room(), Script.CONFIRM, Texts.of(assignment.owner()), assignment.epoch())
                .word()
                .equals("YES");
    }

    void release(RoomAssignment assignment, Release release) {
        checkEpoch(assignment.epoch());
        scripts.runOn(
                assignment.room(),
                Script.RELEASE,
                Texts.of(assignment.owner()),
                assignment.epoch(),
                release == Release.CLOSED ? 1 : 0);
    }

    static void checkEpoch(Epoch epoch) {
        if (epoch.value() > LARGEST_EPOCH) {
            throw RoutingException.invalid("no registry has given out an epoch as large as " + epoch);
        }
    }
}
