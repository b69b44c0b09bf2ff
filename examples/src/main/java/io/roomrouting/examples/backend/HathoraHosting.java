package io.roomrouting.examples.backend;

import io.roomrouting.InMemoryRegistry;
import io.roomrouting.examples.settings.HathoraSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.hathora.HathoraRegion;
import io.roomrouting.hathora.HathoraRoomRegistry;
import io.roomrouting.hathora.HathoraRooms;
import io.roomrouting.hathora.HathoraRoomsBuilder;
import io.roomrouting.hathora.HathoraScheduler;
import io.roomrouting.scheduling.ProvidedHosts;
import io.roomrouting.spi.HostProber;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rooms live in processes that Hathora starts. */
final class HathoraHosting {

    static final Setting<HathoraRegion> REGION = Setting.of(
                    "HATHORA_REGION",
                    "where rooms run whose creator names no region",
                    "one of "
                            + Arrays.stream(HathoraRegion.values())
                                    .map(HathoraRegion::wireName)
                                    .collect(Collectors.joining(", ")),
                    name -> HathoraRegion.named(name).orElseThrow(() -> new IllegalArgumentException("no such region")))
            .orElse(HathoraRegion.DALLAS.wireName());

    static final Setting<String> BASE_URL = Setting.<String>of(
                    "HATHORA_BASE_URL", "where Hathora's API is", "an http or https URL without a query", url -> {
                        HathoraRoomsBuilder.requireBaseUrl(url);
                        return url;
                    })
            .orElse(HathoraRoomsBuilder.DEFAULT_BASE_URL);

    static final List<Setting<?>> SETTINGS = List.of(HathoraSettings.APP_ID, HathoraSettings.TOKEN, REGION, BASE_URL);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_FOR_UNKNOWN_ROOMS = Duration.ofSeconds(10);

    private HathoraHosting() {}

    static Hosting start(
            Settings settings, HathoraSettings.Access access, InMemoryRegistry registry, HostProber prober) {
        HathoraRooms rooms = HathoraRooms.builder(access.appId(), access.token())
                .baseUrl(settings.get(BASE_URL))
                .build();
        ProvidedHosts hosts = ProvidedHosts.start(registry, prober);
        HathoraScheduler scheduler = HathoraScheduler.builder(rooms, hosts::at)
                .region(settings.get(REGION))
                .patience(PATIENCE)
                .build();
        return new Hosting(
                new HathoraRoomRegistry(registry, rooms, PATIENCE_FOR_UNKNOWN_ROOMS),
                Optional.empty(),
                registry,
                scheduler,
                PATIENCE,
                () -> {},
                () -> {
                    scheduler.close();
                    rooms.close();
                    hosts.close();
                });
    }
}
