package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is done on the server, each as one atomic script from a resource of this package. */
enum Script {
    FIND("registry", "find", false),
    MAKE("registry", "make", true),
    CLAIM("registry", "claim", true),
    CONFIRM("registry", "confirm", false),
    RELEASE("registry", "release", false),
    JOIN("registry", "join", true),
    HEARTBEAT("registry", "heartbeat", false),
    MARK("registry", "mark", false),
    LEAVE("registry", "leave", false),
    LIST("registry", "list", false),
    TIDY("registry", "tidy", false),
    SWEEP("registry", "sweep", false),
    LOAD_STATE("state", "state-load", false),
    SAVE_STATE("state", "state-save", true),
    DELETE_STATE("state", "state-delete", false);

    /** Redis 6.2 may be set up to replicate scripts and not their changes; then none of them could look at the clock. */
    private static final String FIRST = "if redis.replicate_commands then redis.replicate_commands() end\n";

    /**
     * A full server refuses a script's first write if that may need memory, and lets all others through. So a script that needs
     * next to none begins with one that needs none at all. The first key never exists.
     */
    private static final String THOUGH_FULL = "redis.call('DEL', KEYS[1])\n";

    private final boolean grows;
    private final String text;
    private final String sha;

    Script(String common, String own, boolean grows) {
        this.grows = grows;
        this.text = FIRST + (grows ? "" : THOUGH_FULL) + read(common) + read(own);
        this.sha = HexFormat.of().formatHex(sha1(text));
    }

    /** Whether a server without free memory must refuse it. */
    boolean grows() {
        return grows;
    }

    String text() {
        return text;
    }

    String sha() {
        return sha;
    }

    private static String read(String name) {
        String path = name + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + path + " is missing");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Redis names scripts by it. */
    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
