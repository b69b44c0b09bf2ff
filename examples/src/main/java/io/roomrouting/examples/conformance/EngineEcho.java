package io.roomrouting.examples.conformance;

import io.roomrouting.socketio.engine.CloseReason;
import io.roomrouting.socketio.engine.EncodedPacket;
import io.roomrouting.socketio.engine.EngineConnection;
import io.roomrouting.socketio.engine.EngineListener;
import java.util.List;

/** Sends every message back. */
record EngineEcho(EngineConnection connection) implements EngineListener {

    @Override
    public void onText(String text) {
        connection.offer(List.of(EncodedPacket.message(text)));
    }

    @Override
    public void onBinary(byte[] bytes) {
        connection.offer(List.of(EncodedPacket.message(bytes)));
    }

    @Override
    public void onReadComplete() {
        connection.flush();
    }

    @Override
    public void onClosed(CloseReason reason) {
        // There is nothing to clean up.
    }
}
