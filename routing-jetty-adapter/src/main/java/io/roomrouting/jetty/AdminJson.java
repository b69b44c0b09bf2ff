package io.roomrouting.jetty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.HostCapacity;
import io.roomrouting.HostSnapshot;
import io.roomrouting.session.RoomMember;
import io.roomrouting.session.RoomStatus;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** What an {@link AdminHandler} says, as JSON: {@code {"data":{…}}}, and errors with such a field besides their own. */
final class AdminJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String DATA = "data";
    private static final String MESSAGE = "message";

    private AdminJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static void answer(Exchange exchange, ObjectNode data) {
        exchange.answer(bytes(object().set(DATA, data)));
    }

    /** Says that something has begun. */
    static void accept(Exchange exchange, String message) {
        ObjectNode data = object().put(MESSAGE, message);
        exchange.answer(HttpStatus.ACCEPTED_202, bytes(object().set(DATA, data)));
    }

    static byte[] problem(Problem problem) {
        ObjectNode json = object().put("type", "about:blank")
                .put("title", HttpStatus.getMessage(problem.status()))
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("code", problem.code().name());
        json.putObject(DATA).put(MESSAGE, problem.detail());
        return bytes(json);
    }

    /** Describes a room; what it is called and how it is cannot be overwritten by more fields. */
    static ObjectNode room(RoomStatus room, Map<String, ?> more) {
        ObjectNode json = object().put("name", room.assignment().room().value())
                .put("type", room.spec().type())
                .put("clients", room.clients())
                .put("limit", room.limit())
                .put("locked", room.locked())
                .put("visibility", room.visibility().name().toLowerCase(Locale.ROOT))
                .put("epoch", room.assignment().epoch().value())
                .put("openFor", room.openFor().toSeconds());
        json.set("metadata", texts(room.metadata()));
        ObjectNode others = MAPPER.valueToTree(more);
        others.properties().forEach(field -> json.putIfAbsent(field.getKey(), field.getValue()));
        return json;
    }

    static ArrayNode members(List<RoomMember> members) {
        ArrayNode json = MAPPER.createArrayNode();
        members.forEach(member -> json.addObject()
                .put("sessionId", member.sessionId())
                .put("user", member.user().value())
                .put("connected", member.connected()));
        return json;
    }

    static ObjectNode host(HostSnapshot host) {
        ObjectNode json = object().put("id", host.host().host().value())
                .put("incarnation", host.host().nonce())
                .put("address", host.address().authority())
                .put("state", host.state().name())
                .put("rooms", host.assignedRooms())
                .put("connections", host.load().connections())
                .put("age", host.age().toSeconds());
        capacity(json, host.capacity());
        json.set("labels", texts(host.labels()));
        return json;
    }

    static void capacity(ObjectNode json, HostCapacity capacity) {
        json.put("capacity", capacity.rooms()).put("maxConnections", capacity.connections());
    }

    private static ObjectNode texts(Map<String, String> texts) {
        ObjectNode json = object();
        texts.forEach(json::put);
        return json;
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
