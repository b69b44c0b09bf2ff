package io.roomrouting.testkit.hms;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which request is answered by what, and for whom. Thread-safe. */
final class FakeHmsApi {

    private static final String BEARER = "Bearer ";

    private final HmsTokenCheck tokens;
    private final FakeHmsRooms rooms;

    FakeHmsApi(HmsTokenCheck tokens, FakeHmsRooms rooms) {
        this.tokens = tokens;
        this.rooms = rooms;
    }

    /**
     * Lets a user into a room.
     *
     * @throws IllegalArgumentException if 100ms would not take the token
     */
    FakeHmsAnswer join(String appToken) {
        return rooms.join(tokens.claims(appToken, "app"));
    }

    FakeHmsAnswer answer(FakeHmsRequest request) {
        boolean joins = request.target().equals("/join");
        try {
            if (!request.authorization().startsWith(BEARER)) {
                return FakeHmsAnswer.error(401, "Authentication error");
            }
            String token = request.authorization().substring(BEARER.length());
            Map<String, @Nullable Object> claims = tokens.claims(token, joins ? "app" : "management");
            return joins ? rooms.join(claims) : dispatch(request);
        } catch (IllegalArgumentException e) {
            return FakeHmsAnswer.error(401, "Token validation error: " + e.getMessage());
        }
    }

    private FakeHmsAnswer dispatch(FakeHmsRequest request) {
        String[] path = request.target().split("/", -1);
        boolean posts = request.method().equals("POST");
        Map<String, @Nullable Object> body;
        try {
            body = posts ? PlainJson.readObject(request.body()) : Map.of();
        } catch (IllegalArgumentException e) {
            return FakeHmsAnswer.error(400, "Invalid body: " + e.getMessage());
        }
        String where = path.length > 2 ? path[1] + "/" + path[2] : "";
        if (where.equals("v2/rooms") && path.length == 3 && posts) {
            return rooms.create(body);
        }
        if (where.equals("v2/rooms") && path.length == 4) {
            return posts ? rooms.update(path[3], body) : rooms.find(path[3]);
        }
        if (where.equals("v2/active-rooms") && path.length == 5) {
            if (path[4].equals("peers") && !posts) {
                return rooms.peers(path[3]);
            }
            if (path[4].equals("end-room") && posts) {
                return rooms.end(path[3], body);
            }
        }
        return FakeHmsAnswer.error(404, "there is nothing at this path");
    }
}
