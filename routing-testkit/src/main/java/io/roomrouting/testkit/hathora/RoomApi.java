package io.roomrouting.testkit.hathora;

import io.roomrouting.HostAddress;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each request does, and what it is answered; knows no HTTP. Its JSON is small enough to be read by pattern. */
final class RoomApi {

    static final Set<String> OPERATIONS = Set.of("create", "connectioninfo", "resume", "info", "destroy");

    private static final Set<String> REGIONS = Set.of(
            "Seattle",
            "Los_Angeles",
            "Washington_DC",
            "Chicago",
            "London",
            "Frankfurt",
            "Mumbai",
            "Singapore",
            "Tokyo",
            "Sydney",
            "Sao_Paulo",
            "Dallas",
            "Johannesburg",
            "Dubai");
    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern REGION = Pattern.compile("\"region\"\\s*:\\s*\"([A-Za-z_]*)\"");
    private static final Pattern CONFIG = Pattern.compile("\"roomConfig\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final RoomBook book;

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param json the body; empty for none
     */
    record Answer(int status, String json) {

        static Answer error(int status, String message) {
            return new Answer(status, "{\"message\":\"" + message + "\"}");
        }
    }

    RoomApi(RoomBook book) {
        this.book = book;
    }

    static boolean isRoom(String id) {
        return ROOM.matcher(id).matches();
    }

    Answer answer(String operation, String room, String body) {
        return switch (operation) {
            case "create" -> create(room, body.strip());
            case "connectioninfo" ->
                book.find(room).map(entry -> connection(room, entry)).orElseGet(() -> unknown(room));
            case "info" -> info(room);
            case "resume" -> book.resume(room) ? new Answer(200, "") : unknown(room);
            default -> book.destroy(room) ? new Answer(204, "") : unknown(room);
        };
    }

    private Answer create(String room, String body) {
        Matcher region = REGION.matcher(body);
        if (!body.startsWith("{") || !body.endsWith("}") || !region.find()) {
            return Answer.error(400, "a JSON object with a region is expected");
        }
        if (!REGIONS.contains(region.group(1))) {
            return Answer.error(422, "there is no such region");
        }
        Matcher config = CONFIG.matcher(body);
        return book.create(room, region.group(1), config.find() ? config.group(1) : "")
                .map(entry -> new Answer(
                        201,
                        "{\"roomId\":\"" + room + "\",\"status\":\"starting\",\"processId\":\"" + entry.process()
                                + "\",\"additionalExposedPorts\":[]}"))
                .orElseGet(() -> Answer.error(429, "no more rooms"));
    }

    private static Answer connection(String room, RoomBook.Entry entry) {
        Optional<HostAddress> address = entry.address();
        String port = address.map(RoomApi::port).orElse("");
        return new Answer(
                200,
                "{\"roomId\":\"" + room + "\",\"status\":\"" + (address.isPresent() ? "active" : "starting") + "\""
                        + port + ",\"additionalExposedPorts\":[]}");
    }

    private static String port(HostAddress address) {
        return ",\"exposedPort\":{\"host\":\"" + address.host() + "\",\"port\":" + address.port()
                + ",\"transportType\":\"" + (address.secure() ? "tls" : "tcp") + "\",\"name\":\"default\"}";
    }

    private Answer info(String room) {
        Optional<RoomBook.Entry> entry = book.find(room);
        if (entry.isEmpty() && !book.hasExisted(room)) {
            return unknown(room);
        }
        String status = entry.map(there -> there.address().isPresent() ? "active" : "scheduling")
                .orElse("destroyed");
        String config =
                entry.map(there -> ",\"roomConfig\":\"" + there.config() + "\"").orElse("");
        return new Answer(200, "{\"roomId\":\"" + room + "\",\"status\":\"" + status + "\"" + config + "}");
    }

    private static Answer unknown(String room) {
        return Answer.error(404, "room " + room + " not found");
    }
}
