package io.roomrouting.socketio.admin;

import io.roomrouting.TimeSource;
import java.util.ArrayList;
import java.util.List;

/** What an admin namespace is like. */
record AdminSettings(
        String namespace, AdminMode mode, boolean readOnly, String serverId, String hostname, TimeSource time) {

    /** Returns what the UI may offer, in its own words. */
    List<String> features() {
        List<String> features = new ArrayList<>();
        if (!readOnly) {
            features.addAll(List.of("EMIT", "DISCONNECT", "MDISCONNECT"));
        }
        features.add("AGGREGATED_EVENTS");
        if (mode == AdminMode.DEVELOPMENT) {
            features.add("ALL_EVENTS");
        }
        return features;
    }
}
