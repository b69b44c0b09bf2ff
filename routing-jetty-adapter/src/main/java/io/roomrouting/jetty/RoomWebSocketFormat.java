package io.roomrouting.jetty;

import io.roomrouting.jackson.RoomV1Codec;
import io.roomrouting.jackson.RoomV1Message;
import io.roomrouting.jetty.internal.Frames;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.Welcome;
import io.roomrouting.spi.WireFormat;
import java.util.List;

/** The protocol {@code room.v1} in text frames. Thread-safe. */
final class RoomWebSocketFormat implements WireFormat {

    private final RoomV1Codec codec;

    RoomWebSocketFormat(PayloadCodec payloads) {
        this.codec = new RoomV1Codec(payloads);
    }

    RoomV1Message decode(byte[] bytes, int offset, int length) {
        return codec.decode(bytes, offset, length);
    }

    /** Tells a client its seat. */
    PreparedFrame welcome(Welcome welcome) {
        return frame(codec.welcome(welcome));
    }

    @Override
    public String name() {
        return WebSocketOffer.ROOM_V1;
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

    @Override
    public PreparedFrame acknowledgement(long handled) {
        return frame(codec.acknowledgement(handled));
    }

    @Override
    public byte[] store(Encoded message) {
        return ((PreparedFrame) message).bytes().clone();
    }

    @Override
    public PreparedFrame restore(byte[] stored) {
        if (stored.length == 0 || stored[0] != Frames.of(Frames.TEXT, new byte[0])[0]) {
            throw new IllegalArgumentException("what was stored is no text frame");
        }
        return new PreparedFrame(stored.clone());
    }

    private static PreparedFrame frame(byte[] text) {
        return new PreparedFrame(Frames.of(Frames.TEXT, text));
    }
}
