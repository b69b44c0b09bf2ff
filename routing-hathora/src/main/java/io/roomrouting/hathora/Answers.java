package io.roomrouting.hathora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.HostAddress;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads and writes Hathora's JSON. Fields that are not known are skipped; what is known must be what it should be. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int LONGEST_MESSAGE = 200;
    private static final int LONGEST_ID = 200;

    private Answers() {}

    static String createBody(HathoraRegion region, Optional<String> config, Optional<String> deployment) {
        ObjectNode body = JSON.createObjectNode().put("region", region.wireName());
        config.ifPresent(text -> body.put("roomConfig", text));
        deployment.ifPresent(id -> body.put("deploymentId", id));
        return write(body);
    }

    static String write(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always written", e);
        }
    }

    /** Reads the answer to a creation: the process that the room is on. */
    static String processOf(ApiReply reply, RoomId room) throws MalformedAnswer {
        JsonNode body = bodyOf(reply, room);
        String process = text(body, "processId");
        if (process.isEmpty() || process.length() > LONGEST_ID) {
            throw new MalformedAnswer("processId is not an id");
        }
        return process;
    }

    static RoomWhereabouts whereabouts(ApiReply reply, RoomId room) throws MalformedAnswer {
        JsonNode body = bodyOf(reply, room);
        return switch (text(body, "status")) {
            case "starting" -> new RoomWhereabouts.Starting();
            case "active" -> new RoomWhereabouts.Active(address(body));
            default -> throw new MalformedAnswer("status is neither starting nor active");
        };
    }

    static HathoraRoom room(ApiReply reply, RoomId room) throws MalformedAnswer {
        JsonNode body = bodyOf(reply, room);
        HathoraRoom.Status status = switch (text(body, "status")) {
            case "scheduling" -> HathoraRoom.Status.SCHEDULING;
            case "active" -> HathoraRoom.Status.ACTIVE;
            case "destroyed" -> HathoraRoom.Status.DESTROYED;
            default -> throw new MalformedAnswer("status is not scheduling, active or destroyed");
        };
        JsonNode config = body.path("roomConfig");
        return new HathoraRoom(room, status, config.isTextual() ? Optional.of(config.asText()) : Optional.empty());
    }

    /** Returns what an error says of itself, in one line. */
    static String message(ApiReply reply) {
        try {
            String said = JSON.readTree(reply.body()).path("message").asText();
            String line = said.replaceAll("\\p{Cntrl}+", " ");
            return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE);
        } catch (IOException e) {
            return "without a message";
        }
    }

    private static HostAddress address(JsonNode body) throws MalformedAnswer {
        JsonNode more = body.path("additionalExposedPorts");
        JsonNode port = Stream.concat(
                        Stream.of(body.path("exposedPort")), StreamSupport.stream(more.spliterator(), false))
                .filter(candidate -> isStream(candidate.path("transportType").asText()))
                .findFirst()
                .orElseThrow(() -> new MalformedAnswer("an active room has no port for TCP or TLS"));
        JsonNode number = port.path("port");
        if (!number.canConvertToInt()) {
            throw new MalformedAnswer("port is not a number");
        }
        try {
            return new HostAddress(
                    text(port, "host"),
                    number.asInt(),
                    text(port, "transportType").equals("tls"));
        } catch (RoutingException.InvalidRequest e) {
            throw new MalformedAnswer("exposedPort is not an address", e);
        }
    }

    private static boolean isStream(String transport) {
        return transport.equals("tcp") || transport.equals("tls");
    }

    private static JsonNode bodyOf(ApiReply reply, RoomId room) throws MalformedAnswer {
        try {
            JsonNode body = JSON.readTree(reply.body());
            if (!text(body, "roomId").equals(room.value())) {
                throw new MalformedAnswer("the answer is about another room");
            }
            return body;
        } catch (MalformedAnswer e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedAnswer("the answer is not JSON", e);
        }
    }

    private static String text(JsonNode object, String field) throws MalformedAnswer {
        JsonNode value = object.path(field);
        if (!value.isTextual()) {
            throw new MalformedAnswer(field + " is missing or not a text");
        }
        return value.asText();
    }
}
