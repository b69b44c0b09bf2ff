package io.roomrouting.testkit;

import io.roomrouting.session.Payload;
import io.roomrouting.session.PayloadCodec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A value that went through a codec, as it would over a wire.
 *
 * @param text what was written
 * @param decoded what was read
 */
record CodedPayload(String text, Payload decoded) implements Payload {

    static CodedPayload of(PayloadCodec codec, @Nullable Object value) {
        byte[] written = codec.encode(value);
        return new CodedPayload(new String(written, StandardCharsets.UTF_8), codec.decode(written));
    }

    @Override
    public <T> T as(Class<T> type) {
        return decoded.as(type);
    }

    @Override
    public boolean isNull() {
        return decoded.isNull();
    }

    @Override
    public String toString() {
        return text;
    }
}
