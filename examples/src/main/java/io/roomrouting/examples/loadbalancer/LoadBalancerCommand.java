package io.roomrouting.examples.loadbalancer;

import io.roomrouting.TimeSource;
import io.roomrouting.examples.Command;
import io.roomrouting.examples.admin.AdminListener;
import io.roomrouting.examples.admin.AdminSettings;
import io.roomrouting.examples.settings.ApiKeys;
import io.roomrouting.examples.settings.ServerSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.TlsSettings;
import io.roomrouting.jetty.AdminAccess;
import io.roomrouting.jetty.RoutingServer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** {@code loadbalancer}: chat servers register here, and whoever needs a room is told which of them has space. */
public final class LoadBalancerCommand implements Command {

    private static final int MOST_SERVERS = 10_000;
    private static final Setting<Integer> PORT =
            Setting.port("PORT", "where chat servers register and clients ask", 8100);
    private static final Setting<String> KEY =
            ApiKeys.setting("KEY", "what chat servers register with, their LOADBALANCER_KEY");
    private static final Setting<Integer> ENTRY_SECONDS = Setting.number(
                    "ENTRY_SECONDS",
                    "after how many seconds of silence a chat server is forgotten; they speak every 10 s",
                    1,
                    3_600)
            .orElse("30");

    @Override
    public String name() {
        return "loadbalancer";
    }

    @Override
    public String summary() {
        return "The load balancer: chat servers register with it, and it tells who has space for a room.";
    }

    @Override
    public List<Setting<?>> settings() {
        Stream<Setting<?>> own = Stream.of(PORT, KEY, ENTRY_SECONDS, ServerSettings.BIND_ADDRESS);
        return Stream.of(own, TlsSettings.CLIENTS.all().stream(), AdminSettings.all().stream())
                .flatMap(Function.identity())
                .toList();
    }

    @Override
    public Running start(Settings settings) {
        AdminListener admin = AdminListener.in(settings, name());
        RegisteredServers servers = new RegisteredServers(
                MOST_SERVERS,
                Duration.ofSeconds(settings.get(ENTRY_SECONDS)),
                TimeSource.system(),
                RandomGenerator.getDefault());
        AdminAccess access = AdminAccess.key(ApiKeys.read(settings, KEY));
        RoutingServer server = RoutingServer.builder(
                        admin.measured(new BalancerHandler(servers, access), BalancerHandler.PATHS))
                .listen(ServerSettings.listenOn(settings, PORT))
                .start();
        return admin.startBeside(server::close);
    }
}
