package io.roomrouting.jackson;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.roomrouting.session.PayloadCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON text under construction. */
final class Utf8Text {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    Utf8Text raw(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    Utf8Text string(String text) {
        bytes.write('"');
        bytes.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        bytes.write('"');
        return this;
    }

    /** Appends the field {@code data}, or nothing where there are no arguments. */
    Utf8Text arguments(List<?> arguments, PayloadCodec payloads) {
        if (arguments.isEmpty()) {
            return this;
        }
        raw(",\"data\":");
        bytes.writeBytes(payloads.encode(arguments.size() == 1 ? arguments.get(0) : arguments));
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
