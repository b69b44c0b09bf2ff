package io.roomrouting.hms;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.util.ArrayList;
import java.util.List;

/** Reads the bodies of successful answers. What does not fit is an {@link HmsException.BadAnswer}, never a guess. */
final class AnswerReader {

    private final Redaction redaction;

    AnswerReader(Redaction redaction) {
        this.redaction = redaction;
    }

    HmsRoom room(HmsAnswer answer) {
        JsonNode room = object(answer);
        return new HmsRoom(
                roomId(answer, room),
                needed(answer, room, "name"),
                optional(answer, room, "description"),
                flag(answer, room, "enabled"),
                optional(answer, room, "template_id"),
                optional(answer, room, "region"));
    }

    List<HmsPeer> peers(HmsAnswer answer) {
        JsonNode peers = object(answer).path("peers");
        if (!peers.isObject()) {
            throw unfit(answer, "peers");
        }
        List<HmsPeer> list = new ArrayList<>();
        for (JsonNode peer : peers) {
            list.add(new HmsPeer(
                    needed(answer, peer, "id"),
                    optional(answer, peer, "user_id"),
                    optional(answer, peer, "name"),
                    needed(answer, peer, "role"),
                    optional(answer, peer, "joined_at")));
        }
        return List.copyOf(list);
    }

    /** Reads what says nothing but that it worked. */
    void confirmation(HmsAnswer answer) {
        needed(answer, object(answer), "message");
    }

    private static JsonNode object(HmsAnswer answer) {
        JsonNode object = answer.json()
                .orElseThrow(() -> new HmsException.BadAnswer(
                        answer.status(), "100ms answered with something that is no JSON object"));
        if (object.path("code").asInt() >= 400 || object.hasNonNull("error")) {
            throw new HmsException.BadAnswer(answer.status(), "100ms answered with an error that calls itself success");
        }
        return object;
    }

    private RoomId roomId(HmsAnswer answer, JsonNode room) {
        try {
            return RoomId.of(needed(answer, room, "id"));
        } catch (RoutingException.InvalidRequest e) {
            throw new HmsException.BadAnswer(answer.status(), "100ms answered without a room's id", e);
        }
    }

    private String needed(HmsAnswer answer, JsonNode object, String name) {
        String text = optional(answer, object, name);
        if (text.isEmpty()) {
            throw unfit(answer, name);
        }
        return text;
    }

    private String optional(HmsAnswer answer, JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw unfit(answer, name);
        }
        return redaction.text(value.textValue());
    }

    private static boolean flag(HmsAnswer answer, JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isBoolean()) {
            throw unfit(answer, name);
        }
        return value.booleanValue();
    }

    private static HmsException.BadAnswer unfit(HmsAnswer answer, String name) {
        return new HmsException.BadAnswer(
                answer.status(), "100ms answered without " + name + ", or with one of the wrong kind");
    }
}
