package io.roomrouting.jetty;

import io.roomrouting.jackson.RoomV1Codec;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.WireFormat;
import java.util.List;

/** The protocol {@code room.v1} in text frames. Thread-safe. */
final class RoomWebSocketFormat implements WireFormat {

    private final RoomV1Codec codec;

    RoomWebSocketFormat(PayloadCodec payloads) {
        this.codec = new RoomV1Codec(payloads);
    }

    InboundEvent decode(byte[] bytes, int offset, int length) {
        return codec.decode(bytes, offset, length);
    }

    @Override
    public PreparedFrame event(String name, List<?> arguments) {
        return frame(codec.event(name, arguments));
    }

    @Override
    public PreparedFrame reply(long replyId, List<?> arguments) {
        return frame(codec.reply(replyId, arguments));
    }

    @Override
    public PreparedFrame failure(long replyId, String code, String detail) {
        return frame(codec.failure(replyId, code, detail));
    }

    private static PreparedFrame frame(byte[] text) {
        return new PreparedFrame(Frames.of(Frames.TEXT, text));
    }
}
