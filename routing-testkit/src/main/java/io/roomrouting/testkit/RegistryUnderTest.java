package io.roomrouting.testkit;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import java.time.Duration;

/** A registry and its clock, as {@link RoomRegistryContract}, {@link HostRegistryContract} and
 * {@link RoomDirectoryContract} use them. */
public interface RegistryUnderTest extends AutoCloseable {

    /**
     * Returns the registry.
     *
     * @return the same objects each time
     */
    RegistryAccess here();

    /**
     * Returns the registry as another process sees it, for registries that live outside of the process.
     *
     * @return another access to the same registry, or {@link #here()} where there is none
     */
    default RegistryAccess elsewhere() {
        return here();
    }

    /**
     * Returns the rooms' half.
     *
     * @return the same object each time
     */
    default RoomRegistry rooms() {
        return here().rooms();
    }

    /**
     * Returns the hosts' half.
     *
     * @return the same object each time
     */
    default HostRegistry hosts() {
        return here().hosts();
    }

    /**
     * Returns the lobby's half.
     *
     * @return the same object each time
     * @throws java.util.NoSuchElementException if there is none
     */
    default RoomDirectory directory() {
        return here().lobby().orElseThrow();
    }

    /**
     * Returns how long a lease lasts.
     *
     * @return the setting; five minutes, so that the contracts' races end first on the slowest machine
     */
    default Duration lease() {
        return Duration.ofMinutes(5);
    }

    /**
     * Returns how long a room without a living owner stays known; longer than twice the lease and twice the life of an
     * unconfirmed claim.
     *
     * @return the setting; an hour
     */
    default Duration roomRetention() {
        return Duration.ofHours(1);
    }

    /**
     * Returns how long a claim holds that nobody has confirmed; different from the lease by at least a third of it.
     *
     * @return the setting; eight minutes
     */
    default Duration unconfirmedClaimLife() {
        return Duration.ofMinutes(8);
    }

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
