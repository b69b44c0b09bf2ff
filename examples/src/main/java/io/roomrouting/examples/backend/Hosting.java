package io.roomrouting.examples.backend;

import io.roomrouting.HostRegistry;
import io.roomrouting.RoomDirectory;
import io.roomrouting.RoomRegistry;
import io.roomrouting.Scheduler;
import io.roomrouting.jetty.ReadinessCheck;
import java.time.Duration;
import java.util.Optional;

/**
 * Where rooms live, as a backend needs it.
 *
 * @param registry knows rooms and owners
 * @param directory lists public rooms and reserves seats, if the registry can
 * @param hosts knows the hosts that rooms live on
 * @param scheduler names hosts
 * @param placementTimeout how long a room may take to be placed
 * @param readiness throws while requests would fail
 * @param end ends what runs for it
 */
record Hosting(
        RoomRegistry registry,
        Optional<RoomDirectory> directory,
        HostRegistry hosts,
        Scheduler scheduler,
        Duration placementTimeout,
        ReadinessCheck readiness,
        Runnable end) {}
