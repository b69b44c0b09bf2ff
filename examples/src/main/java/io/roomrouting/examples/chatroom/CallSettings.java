package io.roomrouting.examples.chatroom;

import io.roomrouting.TimeSource;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which servers help browsers to reach each other. */
final class CallSettings {

    private static final Setting<Optional<List<String>>> STUN_URLS = Setting.of(
                    "STUN_URLS",
                    "servers that tell browsers their public address",
                    "comma-separated, such as stun:stun.example.com:3478",
                    text -> urlsIn(text, "stuns?"))
            .orElseNone("none");

    private static final Setting<Optional<List<String>>> TURN_URLS = Setting.of(
                    "TURN_URLS",
                    "servers that relay calls where there is no direct way; needs TURN_SECRET",
                    "comma-separated, such as turn:turn.example.com:3478,turns:turn.example.com:5349?transport=tcp",
                    text -> urlsIn(text, "turns?"))
            .orElseNone("none");

    private static final Setting<Optional<String>> TURN_SECRET = Setting.<String>of(
                    "TURN_SECRET",
                    "what the TURN servers were told as their static-auth-secret; needs TURN_URLS",
                    "any text",
                    text -> text)
            .secret()
            .orElseNone("no TURN");

    private static final Setting<Integer> TURN_TTL = Setting.number(
                    "TURN_TTL", "for how many seconds credentials for TURN are good", 60, 86_400)
            .orElse("3600");

    static final List<Setting<?>> ALL = List.of(STUN_URLS, TURN_URLS, TURN_SECRET, TURN_TTL);

    private CallSettings() {}

    /**
     * Reads what users are told.
     *
     * @throws io.roomrouting.examples.settings.ConfigurationException if there is a TURN server without its secret, or a
     *     secret without a server
     */
    static IceServers.Servers iceIn(Settings settings) {
        Duration life = Duration.ofSeconds(settings.get(TURN_TTL));
        List<String> stunUrls = settings.get(STUN_URLS).orElseGet(List::of);
        if (settings.get(TURN_URLS).isEmpty() && settings.get(TURN_SECRET).isEmpty()) {
            return new IceServers.Servers(stunUrls, List.of(), Optional.empty(), life);
        }
        List<String> turnUrls = settings.get(TURN_URLS).orElseThrow(TURN_URLS::missing);
        String secret = settings.get(TURN_SECRET).orElseThrow(TURN_SECRET::missing);
        TurnCredentials turn = new TurnCredentials(secret, life, TimeSource.system());
        return new IceServers.Servers(stunUrls, turnUrls, Optional.of(turn), life);
    }

    private static List<String> urlsIn(String text, String scheme) {
        List<String> urls = ServerSettings.listIn(text);
        if (!urls.stream().allMatch(url -> url.matches(scheme + ":[\\x21-\\x7e]{1,300}"))) {
            throw new IllegalArgumentException("not such a URL");
        }
        return urls;
    }
}
