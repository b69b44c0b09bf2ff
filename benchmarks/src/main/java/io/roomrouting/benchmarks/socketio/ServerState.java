package io.roomrouting.benchmarks.socketio;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a server tells of itself, after a full collection.
 *
 * @param sessions Engine.IO's sessions
 * @param webSockets WebSockets, those being opened or closed included
 * @param seats clients in rooms
 * @param places how many of an address's places are taken
 * @param memoryKib used heap and direct buffers
 * @param buffers pooled buffers that are lent out
 */
record ServerState(int sessions, int webSockets, int seats, int places, long memoryKib, int buffers) {

    String line() {
        return "sessions=" + sessions + " webSockets=" + webSockets + " seats=" + seats + " places=" + places
                + " memoryKib=" + memoryKib + " buffers=" + buffers;
    }

    static ServerState read(String line) {
        Map<String, Long> values = Arrays.stream(line.split(" ", -1))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> Long.parseLong(word[1])));
        Function<String, Long> value = name -> {
            Long known = values.get(name);
            if (known == null) {
                throw new IllegalArgumentException("the server does not tell " + name);
            }
            return known;
        };
        return new ServerState(
                value.apply("sessions").intValue(),
                value.apply("webSockets").intValue(),
                value.apply("seats").intValue(),
                value.apply("places").intValue(),
                value.apply("memoryKib"),
                value.apply("buffers").intValue());
    }

    /** Whether nothing is left of any client. */
    boolean isEmpty() {
        return sessions == 0 && webSockets == 0 && seats == 0 && places == 0;
    }
}
