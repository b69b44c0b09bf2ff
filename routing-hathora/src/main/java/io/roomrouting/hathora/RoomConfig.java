package io.roomrouting.hathora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A room's wishes as the text that Hathora keeps with the room, so that they outlive a backend's memory. */
final class RoomConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RoomConfig() {}

    static String write(RoomSpec spec) {
        ObjectNode json = JSON.createObjectNode().put("type", spec.type());
        spec.region().ifPresent(region -> json.put("region", region));
        spec.maxClients().ifPresent(clients -> json.put("maxClients", clients));
        if (spec.visibility() == RoomVisibility.PUBLIC) {
            json.put("public", true);
        }
        if (!spec.metadata().isEmpty()) {
            ObjectNode metadata = json.putObject("metadata");
            spec.metadata().forEach(metadata::put);
        }
        return Answers.write(json);
    }

    /** Reads what {@link #write} has written; what somebody else has written gives a room without wishes. */
    static RoomSpec read(Optional<String> config) {
        try {
            return config.isPresent() ? read(JSON.readTree(config.get())) : RoomSpec.defaults();
        } catch (IOException | RoutingException.InvalidRequest e) {
            return RoomSpec.defaults();
        }
    }

    private static RoomSpec read(JsonNode json) {
        Map<String, String> metadata = new HashMap<>();
        json.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        JsonNode clients = json.path("maxClients");
        return new RoomSpec(
                json.path("type").asText(RoomSpec.DEFAULT_TYPE),
                json.path("region").isTextual()
                        ? Optional.of(json.path("region").asText())
                        : Optional.empty(),
                clients.canConvertToInt() ? OptionalInt.of(clients.asInt()) : OptionalInt.empty(),
                metadata,
                json.path("public").asBoolean() ? RoomVisibility.PUBLIC : RoomVisibility.PRIVATE);
    }
}
