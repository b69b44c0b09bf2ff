package io.roomrouting.spi;

import io.roomrouting.HostIncarnation;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a backend says to a host of its static list. The probe carries the host's lease: the host may serve until
 * {@code lease} after the moment that {@code stamp} names on the host's own clock. A probe that arrives late thus
 * extends nothing, and no two clocks are compared.
 *
 * @param registry the life of the registry that probes; a host serves one at a time
 * @param lease how long the lease lasts
 * @param stamp {@link ProbeReply#stamp()} of the host's last reply to this registry; empty before the first
 * @param releasesSeen how many releases of the host's list the registry has worked in
 * @param closedUpTo ownerships up to this epoch that the host does not hold when the probe arrives must not be opened any
 *     more, 0 for none. A host of a static list asks nobody before it opens a room; with this the registry takes back
 *     what was claimed and never used: an old claim that {@link ProbeReply#held()} of the reply does not name is free
 * @param adopting whether the registry wants to be told of the rooms that the host holds
 * @param refused a life of the host that the registry has not taken back, because it is over for the registry and its
 *     rooms may have other owners; empty as a rule
 * @param reportsSeen {@link ProbeReply#reportNumber()} of the last reply whose reports the registry has worked in, 0 for none
 */
public record ProbeRequest(
        String registry,
        Duration lease,
        OptionalLong stamp,
        long releasesSeen,
        long closedUpTo,
        boolean adopting,
        Optional<HostIncarnation> refused,
        long reportsSeen) {

    /**
     * Makes a probe of a registry that has seen no reports.
     *
     * @param registry the life of the registry that probes
     * @param lease how long the lease lasts
     * @param stamp of the host's last reply
     * @param releasesSeen how many releases the registry has worked in
     * @param closedUpTo up to which epoch nothing must be opened any more
     * @param adopting whether the registry wants to be told of the rooms that the host holds
     * @param refused a life of the host that the registry has not taken back
     */
    public ProbeRequest(
            String registry,
            Duration lease,
            OptionalLong stamp,
            long releasesSeen,
            long closedUpTo,
            boolean adopting,
            Optional<HostIncarnation> refused) {
        this(registry, lease, stamp, releasesSeen, closedUpTo, adopting, refused, 0);
    }
}
