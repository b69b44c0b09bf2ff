package io.roomrouting.jetty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * A file of a web client as it is served.
 *
 * @param type its media type
 * @param plain its bytes
 * @param gzip the same, compressed, where that makes it smaller
 */
record WebAsset(HttpField type, Body plain, Optional<Body> gzip) {

    /** One form of a file. */
    static final class Body {

        private final byte[] bytes;
        private final String tag;

        Body(byte[] bytes, String tag) {
            this.bytes = bytes;
            this.tag = tag;
        }

        /** Returns what is sent; not to be changed. */
        byte[] bytes() {
            return bytes;
        }

        /** Returns its entity tag, quotes included. */
        String tag() {
            return tag;
        }
    }

    private static final int TAG_LENGTH = 12;
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("map", "application/json"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("mp3", "audio/mpeg"));

    static WebAsset of(String name, byte[] bytes) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String hash = hash(bytes);
        byte[] compressed = gzip(bytes);
        return new WebAsset(
                new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, TYPES.getOrDefault(extension, UNKNOWN)),
                new Body(bytes, '"' + hash + '"'),
                compressed.length < bytes.length
                        ? Optional.of(new Body(compressed, '"' + hash + "-gzip\""))
                        : Optional.empty());
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, TAG_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
