package io.roomrouting.jetty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomVisibility;
import io.roomrouting.SeatId;
import io.roomrouting.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a probed host says of its rooms, as JSON inside the reply to a probe. */
final class ReportJson {

    private ReportJson() {}

    static ObjectNode encode(RoomReport report) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("room", report.room().value())
                .put("epoch", report.epoch().value())
                .put("number", report.number())
                .put("clients", report.clients())
                .put("limit", report.limit())
                .put("locked", report.locked())
                .put("visibility", report.visibility().name());
        ObjectNode metadata = json.putObject("metadata");
        report.metadata().forEach(metadata::put);
        ObjectNode taken = json.putObject("taken");
        report.taken().forEach((seat, user) -> taken.put(seat.value(), user.value()));
        ArrayNode freed = json.putArray("freed");
        report.freed().forEach(seat -> freed.addObject().put("seat", seat.value()));
        return json;
    }

    static RoomReport decode(JsonFields json) {
        Map<SeatId, UserId> taken = new HashMap<>();
        json.texts("taken").forEach((seat, user) -> taken.put(SeatId.of(seat), UserId.of(user)));
        Set<SeatId> freed = new HashSet<>(json.list("freed", seat -> SeatId.of(seat.text("seat"))));
        return new RoomReport(
                RoomId.of(json.text("room")),
                new Epoch(json.number("epoch")),
                json.number("number"),
                json.smallNumber("clients"),
                json.smallNumber("limit"),
                json.flag("locked"),
                json.constant("visibility", RoomVisibility.class),
                json.texts("metadata"),
                taken,
                freed);
    }
}
