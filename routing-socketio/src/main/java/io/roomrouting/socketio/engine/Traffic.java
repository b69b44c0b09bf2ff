package io.roomrouting.socketio.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one client has sent and was sent. It is counted within the client's strand and read from anywhere: since one thread
 * at a time counts, there is neither a lock nor an atomic addition to pay for.
 */
final class Traffic {

    /** What is counted. */
    enum Kind {
        UPGRADES(0),
        PACKETS_IN(1),
        BYTES_IN(2),
        PACKETS_OUT(3),
        BYTES_OUT(4);

        private final int slot;

        Kind(int slot) {
            this.slot = slot;
        }
    }

    private static final int KINDS = Kind.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(KINDS);

    void upgraded() {
        add(Kind.UPGRADES, 1);
    }

    void received(EnginePacket packet) {
        add(Kind.PACKETS_IN, 1);
        add(Kind.BYTES_IN, packet.size());
    }

    void sent(List<EncodedPacket> packets) {
        long bytes = 0;
        for (EncodedPacket packet : packets) {
            bytes += packet.size();
        }
        add(Kind.PACKETS_OUT, packets.size());
        add(Kind.BYTES_OUT, bytes);
    }

    long count(Kind kind) {
        return counts.getOpaque(kind.slot);
    }

    private void add(Kind kind, long more) {
        counts.setOpaque(kind.slot, counts.getPlain(kind.slot) + more);
    }
}
