package io.roomrouting.socketio.engine;

import java.util.Map;
import java.util.Optional;

/**
 * A request for the path of Engine.IO.
 *
 * @param method for example {@code GET}
 * @param query the query's parameters, decoded; of a repeated one the first
 * @param headers the header fields, names in small letters
 * @param remoteAddress the client's network address
 */
public record EngineRequest(
        String method, Map<String, String> query, Map<String, String> headers, String remoteAddress) {

    /** Copies the maps. */
    public EngineRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    Optional<EngineTransport> transport() {
        return EngineTransport.of(query.getOrDefault("transport", ""));
    }

    /** Returns the session's secret name; empty in a handshake. */
    Optional<String> sid() {
        return Optional.ofNullable(query.get("sid")).filter(sid -> !sid.isEmpty());
    }

    boolean isProtocolFour() {
        return "4".equals(query.get("EIO"));
    }

    /** Says whether the field {@code Origin}, if there is one, could be sent back as it is (RFC 9110, section 5.5). */
    boolean isOriginValid() {
        return headers.getOrDefault("origin", "")
                .chars()
                .allMatch(c -> c == '\t' || (c >= ' ' && c <= '~') || (c >= 0x80 && c <= 0xFF));
    }

    /** Keeps the session's name and credentials out of logs. */
    @Override
    public String toString() {
        return "EngineRequest[" + method + " from " + remoteAddress + "]";
    }
}
