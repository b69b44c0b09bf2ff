package io.roomrouting.socketio.engine;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes strings of JSON. */
final class JsonStrings {

    private JsonStrings() {}

    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"').toString();
    }
}
