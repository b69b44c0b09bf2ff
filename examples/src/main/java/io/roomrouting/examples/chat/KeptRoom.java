package io.roomrouting.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.jackson.JacksonPayloadCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A chat room as bytes that outlive its host: {@code {"log":…,"calls":…}} in JSON.
 *
 * @param log what its log wrote
 * @param calls what its calls wrote; nothing in a state that knows of none
 */
record KeptRoom(JsonNode log, @Nullable JsonNode calls) {

    /** Of the 2 MiB that a room may keep; the rest is for its calls. */
    static final int MAX_LOG_BYTES = 1024 * 1024 + 512 * 1024;

    private static final JacksonPayloadCodec JSON = new JacksonPayloadCodec();

    /** Puts together what is JSON already. */
    static byte[] write(byte[] log, byte[] calls) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(log.length + calls.length + 32);
        text.writeBytes("{\"log\":".getBytes(StandardCharsets.UTF_8));
        text.writeBytes(log);
        text.writeBytes(",\"calls\":".getBytes(StandardCharsets.UTF_8));
        text.writeBytes(calls);
        text.write('}');
        return text.toByteArray();
    }

    static KeptRoom read(byte[] state) {
        return JSON.decode(state).as(KeptRoom.class);
    }
}
