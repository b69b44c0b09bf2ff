package io.roomrouting.session;

import io.roomrouting.testkit.RecordingFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes strings and nothing else. */
final class TextOnly implements PayloadCodec {

    @Override
    public byte[] encode(@Nullable Object value) {
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("not text");
    }

    @Override
    public Payload decode(byte[] text) {
        return RecordingFormat.plain().payload(new String(text, StandardCharsets.UTF_8));
    }
}
