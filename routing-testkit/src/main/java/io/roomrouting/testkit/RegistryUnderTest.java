package io.roomrouting.testkit;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import java.time.Duration;

/** A registry and its clock, as {@link RoomRegistryContract}, {@link HostRegistryContract} and
 * {@link RoomDirectoryContract} use them. */
public interface RegistryUnderTest extends AutoCloseable {

    /**
     * Returns the rooms' half.
     *
     * @return the same object each time
     */
    RoomRegistry rooms();

    /**
     * Returns the rooms' half as another process sees it, for registries that live outside of the process.
     *
     * @return another access to the same registry, or {@link #rooms()} where there is none
     */
    default RoomRegistry roomsElsewhere() {
        return rooms();
    }

    /**
     * Returns the hosts' half.
     *
     * @return the same object each time
     */
    HostRegistry hosts();

    /**
     * Returns the lobby's half, if there is one.
     *
     * @return the same object each time
     */
    default RoomDirectory directory() {
        throw new UnsupportedOperationException("this registry has no directory");
    }

    /**
     * Returns the lobby's half as another process sees it, for registries that live outside of the process.
     *
     * @return another access to the same directory, or {@link #directory()} where there is none
     */
    default RoomDirectory directoryElsewhere() {
        return directory();
    }

    /**
     * Returns how long a lease lasts.
     *
     * @return the setting
     */
    Duration lease();

    /**
     * Returns how long a room without a living owner stays known; longer than twice the lease and twice the life of an
     * unconfirmed claim.
     *
     * @return the setting
     */
    Duration roomRetention();

    /**
     * Returns how long a claim holds that nobody has confirmed; different from the lease by at least a third of it.
     *
     * @return the setting
     */
    Duration unconfirmedClaimLife();

    /**
     * Lets at least so much time pass by the registry's clock, and not much more.
     *
     * @param duration how much
     */
    void letPass(Duration duration);

    /** Lets go of what the registry needs; called after each test. */
    @Override
    default void close() {}
}
