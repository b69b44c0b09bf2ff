package io.roomrouting.testkit.hms;

import io.roomrouting.TimeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rooms of one app and who is in them, as 100ms keeps them. Thread-safe. */
final class FakeHmsRooms {

    private static final int MOST_ROOMS = 10_000;
    private static final int MOST_PEERS = 2_500;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.:_-]+");
    private static final Set<String> REGIONS = Set.of("auto", "eu", "in", "us");
    private static final FakeHmsAnswer NOT_FOUND = FakeHmsAnswer.error(404, "Error: Room not found");
    private static final FakeHmsAnswer NO_SESSION = FakeHmsAnswer.error(404, "active session not found");

    private final TimeSource time;
    private final Map<String, Room> byId = new LinkedHashMap<>();

    FakeHmsRooms(TimeSource time) {
        this.time = time;
    }

    private static final class Room {

        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final Map<String, Object> peers = new LinkedHashMap<>();

        private FakeHmsAnswer told() {
            return FakeHmsAnswer.of(200, PlainJson.write(fields));
        }
    }

    synchronized FakeHmsAnswer create(Map<String, @Nullable Object> body) {
        String name = body.get("name") instanceof String text ? text : "room-" + UUID.randomUUID();
        Optional<String> wrong = wrongWith(name, body);
        if (wrong.isPresent()) {
            return FakeHmsAnswer.error(400, wrong.get());
        }
        Room room = named(name).orElseGet(() -> add(name));
        for (String field : List.of("description", "template_id", "region", "size")) {
            Object value = body.get(field);
            if (value != null) {
                room.fields.put(field, value);
            }
        }
        return room.told();
    }

    synchronized FakeHmsAnswer find(String id) {
        Room room = byId.get(id);
        return room == null ? NOT_FOUND : room.told();
    }

    synchronized FakeHmsAnswer update(String id, Map<String, @Nullable Object> body) {
        Room room = byId.get(id);
        if (room == null) {
            return NOT_FOUND;
        }
        if (!(body.get("enabled") instanceof Boolean enabled)) {
            return FakeHmsAnswer.error(400, "Invalid body param: enabled");
        }
        room.fields.put("enabled", enabled);
        return room.told();
    }

    synchronized FakeHmsAnswer peers(String id) {
        Room room = byId.get(id);
        return room == null || room.peers.isEmpty()
                ? NO_SESSION
                : FakeHmsAnswer.of(200, PlainJson.write(Map.of("peers", room.peers)));
    }

    synchronized FakeHmsAnswer end(String id, Map<String, @Nullable Object> body) {
        Room room = byId.get(id);
        if (room == null || room.peers.isEmpty()) {
            return NO_SESSION;
        }
        room.peers.clear();
        if (Boolean.TRUE.equals(body.get("lock"))) {
            room.fields.put("enabled", false);
        }
        return FakeHmsAnswer.of(200, PlainJson.write(Map.of("message", "session is ending")));
    }

    /** Lets somebody in who has an app token with these claims. */
    synchronized FakeHmsAnswer join(Map<String, @Nullable Object> claims) {
        Room room = byId.get(String.valueOf(claims.get("room_id")));
        if (room == null) {
            return NOT_FOUND;
        }
        if (!Boolean.TRUE.equals(room.fields.get("enabled")) || room.peers.size() >= MOST_PEERS) {
            return FakeHmsAnswer.error(403, "the room is disabled or full");
        }
        if (!(claims.get("user_id") instanceof String user) || !(claims.get("role") instanceof String role)) {
            return FakeHmsAnswer.error(401, "user_id or role is missing");
        }
        String id = UUID.randomUUID().toString();
        Map<String, Object> peer = Map.of(
                "id", id, "user_id", user, "role", role, "joined_at", time.now().toString());
        room.peers.put(id, peer);
        return FakeHmsAnswer.of(200, PlainJson.write(peer));
    }

    private Optional<Room> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return byId.values().stream()
                .filter(room -> String.valueOf(room.fields.get("name"))
                        .toLowerCase(Locale.ROOT)
                        .equals(wanted))
                .findFirst();
    }

    private Room add(String name) {
        Room room = new Room();
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        String now = time.now().toString();
        room.fields.put("id", id);
        room.fields.put("name", name);
        room.fields.put("enabled", true);
        room.fields.put("description", "");
        room.fields.put("customer_id", "a-customer");
        room.fields.put("recording_info", Map.of("enabled", false));
        room.fields.put("created_at", now);
        byId.put(id, room);
        return room;
    }

    private Optional<String> wrongWith(String name, Map<String, @Nullable Object> body) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("Invalid body param: name");
        }
        if (body.get("region") instanceof String region && !REGIONS.contains(region)) {
            return Optional.of("Error: region not supported");
        }
        if (body.get("size") instanceof Long size && (size < 0 || size > MOST_PEERS)) {
            return Optional.of("Invalid body param: size");
        }
        return byId.size() >= MOST_ROOMS ? Optional.of("this fake has too many rooms") : Optional.empty();
    }
}
