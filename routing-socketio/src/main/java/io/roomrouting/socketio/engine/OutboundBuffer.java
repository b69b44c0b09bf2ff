package io.roomrouting.socketio.engine;

import java.util.ArrayList;
import java.util.List;

/** What waits to be sent to one client, and how much of what was sent is not known to be written. Within a strand. */
final class OutboundBuffer {

    private final long most;
    private List<EncodedPacket> packets = new ArrayList<>();
    private long waiting;
    private long underWay;

    OutboundBuffer(long most) {
        this.most = most;
    }

    /** Takes all of them, if there is space for all. */
    boolean offer(List<EncodedPacket> more) {
        long size = more.stream().mapToLong(OutboundBuffer::weight).sum();
        if (waiting + underWay + size > most) {
            return false;
        }
        packets.addAll(more);
        waiting += size;
        return true;
    }

    /** Takes a packet of the protocol itself, of which there are never many. */
    void force(EncodedPacket packet) {
        packets.add(packet);
        waiting += weight(packet);
    }

    List<EncodedPacket> takeAll() {
        List<EncodedPacket> all = packets;
        packets = new ArrayList<>();
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

    /** Empty packets cost something as well. */
    private static long weight(EncodedPacket packet) {
        return packet.size() + 32L;
    }
}
