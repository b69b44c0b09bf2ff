package io.roomrouting.examples.hms;

import io.roomrouting.hms.HmsPeer;
import io.roomrouting.hms.HmsRoom;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rooms and peers as clients see them, under the names that 100ms gives these fields. */
final class HmsJsonViews {

    private HmsJsonViews() {}

    static Map<String, Object> of(HmsRoom room) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", room.id().value());
        view.put("name", room.name());
        view.put("description", room.description());
        view.put("enabled", room.enabled());
        view.put("template_id", room.templateId());
        view.put("region", room.region());
        return view;
    }

    static Map<String, Object> of(HmsPeer peer) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", peer.id());
        view.put("user_id", peer.userId());
        view.put("name", peer.name());
        view.put("role", peer.role());
        view.put("joined_at", peer.joinedAt());
        return view;
    }
}
