package io.roomrouting.socketio.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What one client has sent and was sent. It is counted within the client's strand and read from anywhere: since one thread
 * at a time counts, there is neither a lock nor an atomic addition to pay for. The numbers stand in fields and not in an
 * array because each further object that a message leads to costs as much as all the counting.
 */
final class Traffic {

    private static final AtomicLongFieldUpdater<Traffic> UPGRADES = field("upgrades");
    private static final AtomicLongFieldUpdater<Traffic> PACKETS_IN = field("packetsIn");
    private static final AtomicLongFieldUpdater<Traffic> BYTES_IN = field("bytesIn");
    private static final AtomicLongFieldUpdater<Traffic> PACKETS_OUT = field("packetsOut");
    private static final AtomicLongFieldUpdater<Traffic> BYTES_OUT = field("bytesOut");

    private volatile long upgrades;
    private volatile long packetsIn;
    private volatile long bytesIn;
    private volatile long packetsOut;
    private volatile long bytesOut;

    /** What is counted. */
    enum Kind {
        UPGRADES,
        PACKETS_IN,
        BYTES_IN,
        PACKETS_OUT,
        BYTES_OUT
    }

    void upgraded() {
        UPGRADES.lazySet(this, upgrades + 1);
    }

    void received(EnginePacket packet) {
        PACKETS_IN.lazySet(this, packetsIn + 1);
        BYTES_IN.lazySet(this, bytesIn + packet.size());
    }

    void sent(List<EncodedPacket> packets) {
        int count = packets.size();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += packets.get(i).size();
        }
        PACKETS_OUT.lazySet(this, packetsOut + count);
        BYTES_OUT.lazySet(this, bytesOut + bytes);
    }

    long count(Kind kind) {
        return switch (kind) {
            case UPGRADES -> upgrades;
            case PACKETS_IN -> packetsIn;
            case BYTES_IN -> bytesIn;
            case PACKETS_OUT -> packetsOut;
            case BYTES_OUT -> bytesOut;
        };
    }

    private static AtomicLongFieldUpdater<Traffic> field(String name) {
        return AtomicLongFieldUpdater.newUpdater(Traffic.class, name);
    }
}
