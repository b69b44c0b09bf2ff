package io.roomrouting.agones;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bearer token that was just read from its file. */
final class BearerToken {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int WORTH_HIDING = 8;

    private final String value;

    private BearerToken(String value) {
        this.value = value;
    }

    static BearerToken read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || bytes.length == MAX_BYTES || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IOException("the token file " + file + " holds no token");
        }
        return new BearerToken(text);
    }

    String header() {
        return "Bearer " + value;
    }

    /** Takes the token out of what a server has said, which may be an echo of the request. */
    String hiddenIn(String text) {
        return value.length() < WORTH_HIDING ? text : text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
