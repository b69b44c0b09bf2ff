package io.roomrouting.hms;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request to 100ms.
 *
 * @param path its segments below {@code /v2}, not yet encoded
 * @param body the members of the JSON object to post; empty for a GET
 */
record HmsRequest(List<String> path, Optional<Map<String, Object>> body) {

    static HmsRequest get(String... path) {
        return new HmsRequest(List.of(path), Optional.empty());
    }

    static HmsRequest post(Map<String, Object> body, String... path) {
        return new HmsRequest(List.of(path), Optional.of(body));
    }

    @Override
    public String toString() {
        return (body.isPresent() ? "POST" : "GET") + " /v2/" + String.join("/", path);
    }
}
