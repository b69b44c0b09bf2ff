package io.roomrouting.jackson;

import io.roomrouting.RoutingException;
import io.roomrouting.session.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One JSON value, kept as the client wrote it until somebody asks for a type. */
final class JacksonPayload implements Payload {

    private final JacksonPayloadCodec codec;
    private final byte[] text;
    private final boolean isNull;

    JacksonPayload(JacksonPayloadCodec codec, byte[] text, boolean isNull) {
        this.codec = codec;
        this.text = text;
        this.isNull = isNull;
    }

    @Override
    public <T> T as(Class<T> type) {
        if (isNull) {
            throw RoutingException.invalid("data is missing");
        }
        try {
            return codec.readerOf(type).readValue(text);
        } catch (IOException e) {
            throw Mismatch.of(e);
        }
    }

    @Override
    public boolean isNull() {
        return isNull;
    }

    @Override
    public String toString() {
        return new String(text, StandardCharsets.UTF_8);
    }
}
