package io.roomrouting.socketio.engine;

import java.util.ArrayList;
import java.util.List;

/** What waits to be sent to one client, and how much of what was sent is not known to be written. Within a strand. */
final class OutboundBuffer {

    private final long most;

    /** One message is kept as the list it came in, which all recipients share; only more than one are copied. */
    private List<EncodedPacket> packets = List.of();

    private boolean copied;
    private long waiting;
    private long underWay;

    OutboundBuffer(long most) {
        this.most = most;
    }

    /** Takes all of them, if there is space for all. */
    boolean offer(List<EncodedPacket> more) {
        long size = 0;
        for (EncodedPacket packet : more) {
            size += weight(packet);
        }
        if (waiting + underWay + size > most) {
            return false;
        }
        append(more);
        waiting += size;
        return true;
    }

    /** Takes a packet of the protocol itself, of which there are never many. */
    void force(EncodedPacket packet) {
        append(List.of(packet));
        waiting += weight(packet);
    }

    List<EncodedPacket> takeAll() {
        List<EncodedPacket> all = packets;
        packets = List.of();
        copied = false;
        underWay += waiting;
        waiting = 0;
        return all;
    }

    /** All that was taken is written. */
    void sent() {
        underWay = 0;
    }

    void clear() {
        takeAll();
        sent();
    }

    private void append(List<EncodedPacket> more) {
        if (packets.isEmpty()) {
            packets = List.copyOf(more);
            return;
        }
        if (!copied) {
            packets = new ArrayList<>(packets);
            copied = true;
        }
        packets.addAll(more);
    }

    /** Empty packets cost something as well. */
    private static long weight(EncodedPacket packet) {
        return packet.size() + 32L;
    }
}
