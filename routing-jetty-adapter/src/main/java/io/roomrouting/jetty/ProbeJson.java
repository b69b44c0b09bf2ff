package io.roomrouting.jetty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.Epoch;
import io.roomrouting.HeldRoom;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.HostLoad;
import io.roomrouting.HostState;
import io.roomrouting.RoomId;
import io.roomrouting.RoomOwnership;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Probes and replies as JSON. Numbers that fill a {@code long} are written as numbers; both ends are ours. Reading
 * ignores fields that it does not know, so that the two ends need not be updated together.
 */
final class ProbeJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ProbeJson() {}

    static byte[] encode(ProbeRequest request) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("registry", request.registry())
                .put("leaseNanos", request.lease().toNanos())
                .put("releasesSeen", request.releasesSeen())
                .put("closedUpTo", request.closedUpTo())
                .put("adopting", request.adopting())
                .put("reportsSeen", request.reportsSeen());
        request.stamp().ifPresent(stamp -> json.put("stamp", stamp));
        request.refused()
                .ifPresent(
                        life -> json.put("refusedHost", life.host().value()).put("refusedIncarnation", life.nonce()));
        return bytes(json);
    }

    static ProbeRequest decodeRequest(byte[] body) {
        JsonFields json = JsonFields.of(body);
        return new ProbeRequest(
                json.text("registry"),
                Duration.ofNanos(json.number("leaseNanos")),
                json.has("stamp") ? OptionalLong.of(json.number("stamp")) : OptionalLong.empty(),
                json.number("releasesSeen"),
                json.number("closedUpTo"),
                json.flag("adopting"),
                json.has("refusedHost")
                        ? Optional.of(new HostIncarnation(
                                HostId.of(json.text("refusedHost")), json.text("refusedIncarnation")))
                        : Optional.empty(),
                json.has("reportsSeen") ? json.number("reportsSeen") : 0);
    }

    static byte[] encode(ProbeReply reply) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("host", reply.host().host().value())
                .put("incarnation", reply.host().nonce())
                .put("stamp", reply.stamp())
                .put("state", reply.state().name())
                .put("maxRooms", reply.capacity().rooms())
                .put("maxConnections", reply.capacity().connections())
                .put("rooms", reply.load().rooms())
                .put("connections", reply.load().connections())
                .put("newestEpoch", reply.newestEpoch());
        json.set("labels", encode(reply.labels()));
        ArrayNode held = json.putArray("held");
        reply.held().forEach(room -> held.add(encode(room)));
        ArrayNode releases = json.putArray("releases");
        reply.releases().forEach(release -> releases.add(encode(release)));
        json.put("reportNumber", reply.reportNumber());
        ArrayNode reports = json.putArray("reports");
        reply.reports().forEach(report -> reports.add(ReportJson.encode(report)));
        return bytes(json);
    }

    static ProbeReply decodeReply(byte[] body) {
        JsonFields json = JsonFields.of(body);
        return new ProbeReply(
                new HostIncarnation(HostId.of(json.text("host")), json.text("incarnation")),
                json.number("stamp"),
                json.constant("state", HostState.class),
                new HostCapacity(json.smallNumber("maxRooms"), json.smallNumber("maxConnections")),
                new HostLoad(json.smallNumber("rooms"), json.smallNumber("connections")),
                json.texts("labels"),
                json.number("newestEpoch"),
                json.list("held", ProbeJson::heldRoom),
                json.list("releases", ProbeJson::released),
                json.has("reportNumber") ? json.number("reportNumber") : 0,
                json.has("reports") ? json.list("reports", ReportJson::decode) : List.of());
    }

    private static ObjectNode encode(HeldRoom held) {
        RoomSpec spec = held.spec();
        ObjectNode json = MAPPER.createObjectNode()
                .put("room", held.room().value())
                .put("epoch", held.epoch().value())
                .put("type", spec.type());
        spec.region().ifPresent(region -> json.put("region", region));
        spec.maxClients().ifPresent(most -> json.put("maxClients", most));
        json.set("metadata", encode(spec.metadata()));
        if (spec.visibility() == RoomVisibility.PUBLIC) {
            json.put("public", true);
        }
        return json;
    }

    private static HeldRoom heldRoom(JsonFields json) {
        RoomSpec spec = new RoomSpec(
                json.text("type"),
                json.has("region") ? Optional.of(json.text("region")) : Optional.empty(),
                json.has("maxClients") ? OptionalInt.of(json.smallNumber("maxClients")) : OptionalInt.empty(),
                json.texts("metadata"),
                json.has("public") && json.flag("public") ? RoomVisibility.PUBLIC : RoomVisibility.PRIVATE);
        return new HeldRoom(RoomId.of(json.text("room")), spec, new Epoch(json.number("epoch")));
    }

    private static ObjectNode encode(ProbeReply.Released released) {
        return MAPPER.createObjectNode()
                .put("number", released.number())
                .put("room", released.room().value())
                .put("epoch", released.epoch().value())
                .put("release", released.release().name());
    }

    private static ProbeReply.Released released(JsonFields json) {
        return new ProbeReply.Released(
                json.number("number"),
                RoomId.of(json.text("room")),
                new Epoch(json.number("epoch")),
                json.constant("release", RoomOwnership.Release.class));
    }

    private static ObjectNode encode(Map<String, String> texts) {
        ObjectNode json = MAPPER.createObjectNode();
        texts.forEach(json::put);
        return json;
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values can always be written", e);
        }
    }
}
