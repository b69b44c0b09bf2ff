package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is done on the server, each as one atomic script from a resource of this package. */
enum Script {
    FIND("find", false),
    MAKE("make", true),
    CLAIM("claim", true),
    CONFIRM("confirm", false),
    RELEASE("release", false),
    JOIN("join", true),
    HEARTBEAT("heartbeat", false),
    MARK("mark", false),
    LEAVE("leave", false),
    LIST("list", false),
    TIDY("tidy", false),
    SWEEP("sweep", false),
    PAGE("page", false),
    RESERVE("reserve", true),
    MATCH("match", true),
    CANCEL("cancel", false),
    REPORT("report", true),
    LOAD_STATE("state.lua", "state-load", false),
    SAVE_STATE("state.lua", "state-save", true),
    DELETE_STATE("state.lua", "state-delete", false);

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

    /** Of a registry. */
    Script(String own, boolean grows) {
        this("registry.lua lobby.lua", own, grows);
    }

    Script(String common, String own, boolean grows) {
        this.grows = grows;
        this.text = FIRST + (grows ? "" : THOUGH_FULL) + read(common) + read(own + ".lua");
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

    private static String read(String names) {
        return Stream.of(names.split(" ", -1)).map(Script::readOne).collect(Collectors.joining());
    }

    private static String readOne(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
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
