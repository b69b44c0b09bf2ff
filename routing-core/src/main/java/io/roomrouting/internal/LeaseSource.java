package io.roomrouting.internal;

/** Where a host's lease comes from: its own heartbeats, or a backend's probes. */
interface LeaseSource {

    /** Begins to get a lease for the host's current life. */
    void start();

    /** The former life has been given up; a lease for the new one is needed. */
    void restart();

    /** The host takes no new rooms from now on. */
    void drain();

    /** The host has released its rooms and is gone. */
    void stop();
}
