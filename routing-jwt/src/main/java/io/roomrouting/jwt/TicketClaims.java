package io.roomrouting.jwt;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomrouting.CorrelationId;
import io.roomrouting.Epoch;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.SeatId;
import io.roomrouting.Ticket;
import java.io.IOException;
import java.time.Instant;

/** How a room ticket spells what it says. */
final class TicketClaims {

    private TicketClaims() {}

    /** Writes all but the claims that every token has. */
    static void write(Ticket ticket, JsonGenerator json) throws IOException {
        RoomAssignment assignment = ticket.assignment();
        json.writeStringField("jti", ticket.id());
        IdentityClaims.write(ticket.identity(), json);
        json.writeStringField("roomId", assignment.room().value());
        json.writeStringField("hostId", assignment.owner().host().value());
        json.writeStringField("incarnation", assignment.owner().nonce());
        writeAddress(assignment.address(), json);
        json.writeNumberField("epoch", assignment.epoch().value());
        writeSpec(ticket.spec(), json);
        if (ticket.seat().isPresent()) {
            writeSeat(ticket.seat().get(), json);
        }
        if (ticket.correlation().isPresent()) {
            json.writeStringField("cid", ticket.correlation().get().value());
        }
    }

    static Ticket read(Claims claims) {
        RoomAssignment assignment = new RoomAssignment(
                RoomId.of(claims.text("roomId")),
                new HostIncarnation(HostId.of(claims.text("hostId")), claims.text("incarnation")),
                readAddress(claims.object("address")),
                new Epoch(claims.whole("epoch")));
        return new Ticket(
                claims.text("jti"),
                IdentityClaims.read(claims),
                assignment,
                readSpec(claims.object("room")),
                Instant.ofEpochSecond(claims.whole("exp")),
                claims.optionalText("seat").map(id -> new RoomSeat(SeatId.of(id), claims.flag("seatTaken"))),
                claims.optionalText("cid").flatMap(CorrelationId::parse));
    }

    private static void writeSeat(RoomSeat seat, JsonGenerator json) throws IOException {
        json.writeStringField("seat", seat.id().value());
        if (seat.taken()) {
            json.writeBooleanField("seatTaken", true);
        }
    }

    private static void writeAddress(HostAddress address, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("address");
        json.writeStringField("host", address.host());
        json.writeNumberField("port", address.port());
        if (address.secure()) {
            json.writeBooleanField("secure", true);
        }
        json.writeEndObject();
    }

    private static HostAddress readAddress(Claims address) {
        return new HostAddress(address.text("host"), address.small("port"), address.flag("secure"));
    }

    private static void writeSpec(RoomSpec spec, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("room");
        json.writeStringField("type", spec.type());
        if (spec.region().isPresent()) {
            json.writeStringField("region", spec.region().get());
        }
        if (spec.maxClients().isPresent()) {
            json.writeNumberField("maxClients", spec.maxClients().getAsInt());
        }
        if (!spec.metadata().isEmpty()) {
            IdentityClaims.writeTexts(json, "metadata", spec.metadata());
        }
        if (spec.visibility() == RoomVisibility.PUBLIC) {
            json.writeBooleanField("public", true);
        }
        json.writeEndObject();
    }

    private static RoomSpec readSpec(Claims room) {
        return new RoomSpec(
                room.text("type"),
                room.optionalText("region"),
                room.optionalSmall("maxClients"),
                room.texts("metadata"),
                room.flag("public") ? RoomVisibility.PUBLIC : RoomVisibility.PRIVATE);
    }
}
