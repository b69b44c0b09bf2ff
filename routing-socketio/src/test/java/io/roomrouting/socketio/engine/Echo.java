package io.roomrouting.socketio.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says everything back, as the official tests want it, and records what happens. */
final class Echo implements EngineAcceptor {

    final List<String> log = new ArrayList<>();
    Optional<String> refusal = Optional.empty();
    private @Nullable EngineConnection connection;

    EngineConnection connection() {
        if (connection == null) {
            throw new AssertionError("nobody has come");
        }
        return connection;
    }

    void say(String text) {
        connection().offer(List.of(EncodedPacket.message(text)));
        connection().flush();
    }

    @Override
    public Optional<String> refusal(EngineRequest handshake) {
        return refusal;
    }

    @Override
    public EngineListener opened(EngineConnection opened, EngineRequest handshake) {
        connection = opened;
        log.add("opened");
        return new EngineListener() {
            @Override
            public void onText(String text) {
                log.add(text);
                opened.offer(List.of(EncodedPacket.message(text)));
            }

            @Override
            public void onBinary(byte[] bytes) {
                log.add(bytes.length + " bytes");
                opened.offer(List.of(EncodedPacket.message(bytes)));
            }

            @Override
            public void onReadComplete() {
                log.add("read");
                opened.flush();
            }

            @Override
            public void onClosed(CloseReason reason) {
                log.add(reason.text());
            }
        };
    }
}
