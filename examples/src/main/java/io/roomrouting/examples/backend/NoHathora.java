package io.roomrouting.examples.backend;

import io.roomrouting.examples.settings.Setting;
import java.util.List;
import java.util.Optional;

/** Refuses the settings of a scheduler that this build does not have, so that nobody believes they have an effect. */
final class NoHathora {

    static final List<Setting<?>> SETTINGS =
            List.of(refused("HATHORA_APP_ID"), refused("HATHORA_TOKEN").secret());

    private NoHathora() {}

    private static Setting<Optional<String>> refused(String name) {
        return Setting.<String>of(
                        name,
                        "not available",
                        "nothing, since this build has no Hathora scheduler; name the hosts in SESSION_SERVER_HOST",
                        text -> {
                            throw new IllegalArgumentException("not available");
                        })
                .orElseNone("the hosts of SESSION_SERVER_HOST are used");
    }
}
