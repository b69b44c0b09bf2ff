package io.roomrouting.examples.session;

import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.HostSnapshot;
import io.roomrouting.examples.settings.PublicAddress;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a session server is called, where it is reached and how it is labelled. */
final class HostSettings {

    static final Setting<Integer> PORT =
            Setting.port("PORT", "where clients connect", 8000).orElseFrom("HATHORA_DEFAULT_PORT");
    private static final Setting<Optional<PublicAddress.Told>> PUBLIC_ADDRESS = PublicAddress.setting(
            "where clients reach this server", "HATHORA_HOSTNAME and PORT, or localhost and PORT");
    private static final Setting<String> HATHORA_HOSTNAME = Setting.<String>of(
                    "HATHORA_HOSTNAME", "set inside a Hathora process", "a host name", Function.identity())
            .orElse("localhost");
    private static final Setting<Optional<HostId>> HOST_ID = Setting.of(
                    "HOST_ID",
                    "the name of this server, the same across its restarts and another one for every server",
                    "1 to 255 printable characters without blanks",
                    HostId::of)
            .orElseFrom("HATHORA_PROCESS_ID")
            .orElseNone("its public address");
    private static final Setting<Optional<String>> REGION = label(
                    "REGION",
                    "where this server stands, for rooms that wish to be near",
                    "a region's name, such as Frankfurt")
            .orElseFrom("HATHORA_REGION")
            .orElseNone("anywhere");
    private static final Setting<Optional<String>> VERSION = label(
                    "VERSION", "the version of what this server runs, for placement by version", "such as 1.4.2")
            .orElseNone("no version");

    static final List<Setting<?>> ALL = List.of(PORT, PUBLIC_ADDRESS, HATHORA_HOSTNAME, HOST_ID, REGION, VERSION);

    private HostSettings() {}

    static HostAddress addressIn(Settings settings) {
        return PublicAddress.in(settings, PUBLIC_ADDRESS, settings.get(HATHORA_HOSTNAME), settings.get(PORT));
    }

    static HostId idIn(Settings settings) {
        return settings.get(HOST_ID)
                .orElseGet(() -> HostId.of(addressIn(settings).authority()));
    }

    static Map<String, String> labelsIn(Settings settings) {
        Map<String, String> labels = new HashMap<>();
        settings.get(REGION).ifPresent(region -> labels.put(HostSnapshot.REGION, region));
        settings.get(VERSION).ifPresent(version -> labels.put(HostSnapshot.VERSION, version));
        return labels;
    }

    private static Setting<String> label(String name, String purpose, String form) {
        return Setting.of(name, purpose, form, Function.identity());
    }
}
