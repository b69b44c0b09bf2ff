package io.roomrouting.internal;

import java.time.Duration;

/** Where a host's lease comes from: its own heartbeats, or a backend's probes. */
interface LeaseSource {

    /** Begins to get a lease for the host's current life. */
    void start();

    /** The former life has been given up; a lease for the new one is needed. */
    void restart();

    /** The host takes no new rooms from now on; who places rooms is told now, or asks. May block. */
    void drain();

    /** The host takes rooms again; who places rooms is told now, or asks. May block. */
    void undrain();

    /** How long it takes, as far as can be said, until who places rooms knows of a release. */
    Duration newsDelay();

    /** Says whether whoever gives the lease is told what the rooms report, too. */
    boolean carriesReports();

    /** Says whether a release that nobody has been told of yet may be undone. */
    boolean mayTakeBack();

    /** Waits until whoever places rooms has been told of all that were released, but no longer than this. */
    void settle(Duration patience);

    /**
     * The host has released its rooms and is gone. May block.
     *
     * @param patience how long to try to tell that, once in any case
     */
    void stop(Duration patience);
}
