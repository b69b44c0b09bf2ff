package io.roomrouting.socketio.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A WebSocket that records what is sent; it is written when the test says so, or at once. */
public final class FakeLink implements WebSocketLink {

    private final List<String> received = new ArrayList<>();
    private boolean closed;
    private boolean slow;
    private int unconfirmed;
    private @Nullable LinkListener listener;

    void open(WebSocketOffer.Opening opening) {
        listener = opening.opened(this);
        confirm();
    }

    /** From now on nothing is written until {@link #written}. */
    public void slowDown() {
        slow = true;
    }

    public void written() {
        slow = false;
        confirm();
    }

    @Override
    public boolean send(List<EncodedPacket> packets) {
        if (unconfirmed > 0) {
            throw new AssertionError("sent before the last was written");
        }
        packets.forEach(packet -> received.add(wire(packet)));
        if (slow) {
            unconfirmed++;
        }
        return !slow;
    }

    @Override
    public void close() {
        closed = true;
    }

    public void text(String message) {
        listener().onText(message);
        listener().onReadComplete();
        confirm();
    }

    public void binary(byte... message) {
        listener().onBinary(message);
        listener().onReadComplete();
        confirm();
    }

    public LinkListener listener() {
        if (listener == null) {
            throw new AssertionError("not open");
        }
        return listener;
    }

    /** Returns what has come since the last call. */
    public List<String> received() {
        confirm();
        List<String> news = List.copyOf(received);
        received.clear();
        return news;
    }

    public boolean isClosed() {
        return closed;
    }

    private void confirm() {
        while (!slow && unconfirmed > 0) {
            unconfirmed--;
            listener().onSent();
        }
    }

    static String wire(EncodedPacket packet) {
        byte[] bytes = new byte[packet.size()];
        packet.payload().get(bytes);
        return packet.isBinary() ? Arrays.toString(bytes) : new String(bytes, UTF_8);
    }
}
