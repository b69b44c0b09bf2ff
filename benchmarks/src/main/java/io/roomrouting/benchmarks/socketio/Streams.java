package io.roomrouting.benchmarks.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

/** What one client hears of those in its room: each sender's messages are numbered from 0. Thread-safe. */
final class Streams {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Integer> next = new HashMap<>();
    private long heard;
    private long faults;

    /** The JSON of a message. */
    static String message(String sender, int number) {
        return "[\"n\",\"" + sender + "\"," + number + "]";
    }

    /** Takes a message as {@link EngineClient} hears it. */
    synchronized void hear(String message) {
        heard++;
        if (!message.startsWith("2[")) {
            faults++;
            return;
        }
        try {
            JsonNode items = JSON.readTree(message.substring(1));
            String sender = items.path(1).asText();
            int number = items.path(2).asInt(-1);
            if (number != next.getOrDefault(sender, 0)) {
                faults++;
            }
            next.put(sender, number + 1);
        } catch (JsonProcessingException e) {
            faults++;
        }
    }

    synchronized long heard() {
        return heard;
    }

    /** How many were not the one that had to come. */
    synchronized long faults() {
        return faults;
    }
}
