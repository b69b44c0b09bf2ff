package io.roomrouting.testkit.hathora;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a request's URL names.
 *
 * @param operation one of {@link RoomApi#OPERATIONS}
 * @param room the room's id, whatever it looks like; a fresh one for a creation that names none
 */
record Target(String operation, String room) {

    private static final String ROOM_ID = "roomId=";

    /** Reads a URL; empty if the API has none like that. */
    static Optional<Target> of(URI uri, String appId) {
        List<String> path = List.of(uri.getPath().substring(1).split("/"));
        if (path.size() < 4 || !path.subList(0, 3).equals(List.of("rooms", "v2", appId))) {
            return Optional.empty();
        }
        String operation = path.get(3);
        if (operation.equals("create")) {
            return path.size() == 4 ? Optional.of(new Target(operation, roomInQuery(uri))) : Optional.empty();
        }
        boolean known = RoomApi.OPERATIONS.contains(operation) && path.size() == 5;
        return known ? Optional.of(new Target(operation, path.get(4))) : Optional.empty();
    }

    private static String roomInQuery(URI uri) {
        String query = uri.getQuery();
        return query != null && query.startsWith(ROOM_ID)
                ? query.substring(ROOM_ID.length())
                : UUID.randomUUID().toString();
    }

    /** Which method it wants. */
    String method() {
        return operation.equals("connectioninfo") || operation.equals("info") ? "GET" : "POST";
    }
}
