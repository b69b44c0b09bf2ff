package io.roomrouting.jetty;

import java.nio.charset.StandardCharsets;

/**
 * A flat JSON object, written field by field. The answers of the API have two to five short fields; a general JSON
 * writer costs more than everything else that is done for them.
 */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(256).append('{');

    JsonText put(String key, String value) {
        name(key).append('"');
        escape(value);
        out.append('"');
        return this;
    }

    JsonText put(String key, int value) {
        name(key).append(value);
        return this;
    }

    /** Ends the object. */
    byte[] bytes() {
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private StringBuilder name(String key) {
        if (out.length() > 1) {
            out.append(',');
        }
        return out.append('"').append(key).append("\":");
    }

    private void escape(String value) {
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(value, written, i);
                escape(c);
                written = i + 1;
            }
        }
        out.append(value, written, value.length());
    }

    private void escape(char c) {
        if (c >= ' ') {
            out.append('\\').append(c);
        } else {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        }
    }
}
