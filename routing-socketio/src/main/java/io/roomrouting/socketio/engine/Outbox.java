package io.roomrouting.socketio.engine;

import java.util.List;
import java.util.Optional;

/** What a session sends to its client, over the side that is in use; bounded. Within a strand. */
final class Outbox {

    private final OutboundBuffer buffer;
    private final Traffic traffic;
    private volatile Side side = new PollingSide();

    Outbox(long most, Traffic traffic) {
        this.buffer = new OutboundBuffer(most);
        this.traffic = traffic;
    }

    /** May be asked without the strand. */
    EngineTransport transport() {
        return side.transport();
    }

    boolean isWritable() {
        return side.isWritable();
    }

    Optional<PollingSide> polling() {
        return side instanceof PollingSide polling ? Optional.of(polling) : Optional.empty();
    }

    void use(Side next) {
        side = next;
    }

    /** Takes packets that belong together, if there is space for all of them. */
    boolean offer(List<EncodedPacket> packets) {
        return buffer.offer(packets);
    }

    /** Takes a packet of the protocol itself, of which there are never many. */
    void force(EncodedPacket packet) {
        buffer.force(packet);
    }

    /** Sends what there is, if the client can be written to. */
    void pump() {
        if (!side.isWritable()) {
            return;
        }
        List<EncodedPacket> packets = takeAll();
        if (!packets.isEmpty()) {
            side.send(packets);
        }
        if (side instanceof PollingSide || side.isWritable()) {
            buffer.sent();
        }
    }

    /** Sends what is left and tells the client that this is the end; false if it cannot be written to. */
    boolean pumpLast() {
        if (!side.isWritable()) {
            return false;
        }
        side.sendLast(takeAll());
        return true;
    }

    /** What was sent has been written. */
    void written() {
        buffer.sent();
    }

    /** Lets go; the farewell is for a poll that is held. */
    void end(EncodedPacket farewell) {
        side.end(farewell);
        buffer.clear();
    }

    private List<EncodedPacket> takeAll() {
        List<EncodedPacket> packets = buffer.takeAll();
        if (!packets.isEmpty()) {
            traffic.sent(packets);
        }
        return packets;
    }
}
