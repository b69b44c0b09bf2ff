package io.roomrouting.examples.backend;

import io.roomrouting.HostAddress;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.RoomId;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.scheduling.LocalScheduler;
import io.roomrouting.scheduling.StaticHosts;
import io.roomrouting.spi.HostProber;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Rooms live on the session servers of a list. */
final class ListedHosts {

    private static final String DEFAULT = "localhost:8000";

    static final Setting<Optional<List<HostAddress>>> SESSION_SERVER_HOST = Setting.of(
                    "SESSION_SERVER_HOST",
                    "the session servers, as clients and this backend reach them",
                    "comma-separated host:port (or wss://host:port), no address twice; not with a REGISTRY_URL",
                    ListedHosts::addressesIn)
            .orElseNone(DEFAULT + "; with a REGISTRY_URL: those that join there");

    private static final Duration PLACEMENT_TIMEOUT = Duration.ofSeconds(10);

    private ListedHosts() {}

    static Hosting start(Settings settings, InMemoryRegistry registry, HostProber prober) {
        StaticHosts hosts = StaticHosts.builder(registry, prober)
                .hosts(settings.get(SESSION_SERVER_HOST).orElseGet(() -> addressesIn(DEFAULT)))
                .start();
        return new Hosting(
                registry,
                Optional.of(registry),
                registry,
                new LocalScheduler(registry),
                PLACEMENT_TIMEOUT,
                () -> registry.find(RoomId.of("readiness")),
                hosts::close);
    }

    private static List<HostAddress> addressesIn(String text) {
        List<HostAddress> addresses =
                ServerSettings.listIn(text).stream().map(HostAddress::parse).toList();
        if (new HashSet<>(addresses).size() < addresses.size()) {
            throw new IllegalArgumentException("an address stands there twice");
        }
        return addresses;
    }
}
