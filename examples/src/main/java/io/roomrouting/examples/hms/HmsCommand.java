package io.roomrouting.examples.hms;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.admin.AdminSettings;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TlsSettings;
import io.roomrouting.examples.settings.TokenSettings;
import io.roomrouting.hms.HmsClient;
import io.roomrouting.hms.HmsRoomSpec;
import io.roomrouting.hms.HmsTokens;
import io.roomrouting.hms.OwnedRooms;
import io.roomrouting.jetty.AllowedOrigins;
import io.roomrouting.jetty.LoginIssuer;
import io.roomrouting.jetty.RoutingServer;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKeys;
import io.roomrouting.jwt.JwtVerifier;
import io.roomrouting.jwt.VerificationKeys;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code hms}: creates calls at 100ms and lets users into them. Keeps nothing, so several instances are as good as one. */
public final class HmsCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(HmsCommand.class);

    private static final Setting<Integer> PORT = Setting.port("PORT", "where clients connect", 3000);
    private static final Setting<Boolean> TRIAL_LOGIN = Setting.of(
                    "TRIAL_LOGIN",
                    "whether POST /api/login gives anybody a token under any name (with JWT_SECRET), to try things out",
                    "on or off",
                    HmsCommand::onOrOff)
            .orElse("off");

    @Override
    public String name() {
        return "hms";
    }

    @Override
    public String summary() {
        return "The 100ms backend: creates calls that 100ms hosts and lets users into them.";
    }

    @Override
    public List<Setting<?>> settings() {
        Stream<Setting<?>> own = Stream.of(PORT, TRIAL_LOGIN);
        Stream<Setting<?>> listening = Stream.of(ServerSettings.BIND_ADDRESS, ServerSettings.ALLOWED_ORIGINS);
        return Stream.of(
                        own,
                        HmsSettings.OF_CLIENT.stream(),
                        TokenSettings.ofSession().stream(),
                        listening,
                        TlsSettings.CLIENTS.all().stream(),
                        AdminSettings.all().stream())
                .flatMap(Function.identity())
                .toList();
    }

    @Override
    public Running start(Settings settings) {
        Optional<JwtKeys> signing =
                settings.get(TRIAL_LOGIN) ? Optional.of(TokenSettings.signingKeys(settings)) : Optional.empty();
        VerificationKeys keys = signing.isPresent() ? signing.get() : TokenSettings.verificationKeys(settings);
        AdminListener admin = AdminListener.in(settings, name());
        HmsTokens tokens = HmsTokens.of(HmsSettings.credentials(settings));
        HmsClient client = HmsSettings.client(settings, tokens);
        OwnedRooms rooms = OwnedRooms.builder(client, tokens)
                .pattern(HmsRoomSpec.named("pattern").withTemplateId(settings.get(HmsSettings.TEMPLATE_ID)))
                .build();
        HmsApiHandler api = new HmsApiHandler(JwtVerifier.of(keys).logins(), rooms, signing.map(HmsCommand::logins));
        RoutingServer server = RoutingServer.builder(admin.measured(api, HmsApiHandler.PATHS))
                .allowedOrigins(settings.get(ServerSettings.ALLOWED_ORIGINS).orElseGet(AllowedOrigins::none))
                .listen(ServerSettings.listenOn(settings, PORT))
                .start();
        return admin.startBeside(() -> {
            server.close();
            client.close();
        });
    }

    private static LoginIssuer logins(JwtKeys keys) {
        LOG.warn("TRIAL_LOGIN is on: whoever reaches this server can be anybody");
        return JwtIssuer.of(keys)::issueLogin;
    }

    private static boolean onOrOff(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("neither");
        };
    }
}
