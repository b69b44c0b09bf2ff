package io.roomrouting.examples.engines;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import io.roomrouting.session.RoomStateStore;

/**
 * An engine that all processes of a fleet share: which rooms there are, which hosts live, and what rooms were like. To be closed
 * when nothing uses it any more. Thread-safe.
 */
public interface FleetRegistry extends AutoCloseable {

    /**
     * Returns what knows the rooms.
     *
     * @return blocks on the engine
     */
    RoomRegistry rooms();

    /**
     * Returns what knows the hosts.
     *
     * @return blocks on the engine
     */
    HostRegistry hosts();

    /**
     * Returns what lists public rooms and reserves seats.
     *
     * @return blocks on the engine
     */
    RoomDirectory directory();

    /**
     * Returns where the states of rooms can be kept.
     *
     * @return blocks on the engine
     */
    RoomStateStore states();

    /** Gives the connections back. */
    @Override
    void close();
}
