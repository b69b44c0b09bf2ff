package io.roomrouting.jetty;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognizes JSON by its media type. */
final class MediaType {

    private MediaType() {}

    /**
     * Says whether a body of this type may be read as JSON: {@code application/json} and its relatives, in UTF-8. A
     * body without a type is given the benefit of the doubt.
     */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.equals("application/json")) {
            return true;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        if (!type.equals("application/json") && !(type.startsWith("application/") && type.endsWith("+json"))) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }
}
