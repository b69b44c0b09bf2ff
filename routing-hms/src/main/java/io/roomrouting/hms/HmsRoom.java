package io.roomrouting.hms;

import io.roomrouting.RoomId;

/**
 * A room as 100ms describes it. What else 100ms tells of a room, such as where recordings are uploaded to and with which
 * credentials, is not read.
 *
 * @param id names the room in tokens and requests; 100ms gave it
 * @param name the name that the room was created under
 * @param description what was said of the room, may be empty
 * @param enabled whether anybody can join
 * @param templateId the template that its roles come from, may be empty
 * @param region as 100ms tells it, may be empty
 */
public record HmsRoom(RoomId id, String name, String description, boolean enabled, String templateId, String region) {

    HmsRoom withName(String other) {
        return new HmsRoom(id, other, description, enabled, templateId, region);
    }
}
