package io.roomrouting.socketio;

import io.roomrouting.RoomId;
import java.util.Optional;

/** A client's stay in a namespace, from when it is let in until it is out, as others see it. */
final class Stay {

    private final Watch watch;
    private final ClientSocket socket;
    private volatile Optional<String> id = Optional.empty();
    private volatile Optional<RoomId> room = Optional.empty();
    private volatile boolean remembersOffsets;
    private boolean over;

    Stay(Watch watch, ClientSocket socket) {
        this.watch = watch;
        this.socket = socket;
    }

    Optional<String> id() {
        return id;
    }

    Optional<RoomId> room() {
        return room;
    }

    boolean remembersOffsets() {
        return remembersOffsets;
    }

    /** The room that it is about to enter. */
    void room(RoomId name) {
        room = Optional.of(name);
    }

    /** It is let in; under the lock of its doorway. */
    void begin(String name, boolean offsets) {
        id = Optional.of(name);
        remembersOffsets = offsets;
        watch.entered(socket);
    }

    /** It is out, or was not let in; among the callbacks, when it cannot be let in any more. */
    void end(DisconnectReason reason) {
        if (id.isPresent() && !over) {
            over = true;
            watch.left(socket, reason);
        }
    }
}
