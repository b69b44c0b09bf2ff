package io.roomrouting.examples.hms;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.testkit.hms.FakeHms;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code fake-hms}: a server that answers as 100ms does, to try the command {@code hms} without an account. */
public final class FakeHmsCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(FakeHmsCommand.class);

    private static final Setting<Integer> PORT =
            Setting.port("PORT", "where the command hms finds it; its HMS_BASE_URL", 4100);
    private static final Setting<Integer> TROUBLE = Setting.number(
                    "TROUBLE_PERCENT", "how many requests of a hundred meet with an error, silence or delay", 0, 100)
            .orElse("0");
    private static final Setting<String> BIND_ADDRESS = Setting.<String>of(
                    "BIND_ADDRESS",
                    "the network interface to listen on",
                    "an IP address or a host name of this machine",
                    text -> text)
            .orElse("127.0.0.1");

    @Override
    public String name() {
        return "fake-hms";
    }

    @Override
    public String summary() {
        return "Answers as 100ms does, to try the command hms without an account.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(PORT, HmsSettings.ACCESS_KEY, HmsSettings.SECRET, TROUBLE, BIND_ADDRESS);
    }

    @Override
    public Running start(Settings settings) {
        FakeHms running = FakeHms.builder(settings.get(HmsSettings.ACCESS_KEY), settings.get(HmsSettings.SECRET))
                .bindAddress(settings.get(BIND_ADDRESS))
                .port(settings.get(PORT))
                .trouble(settings.get(TROUBLE) / 100.0, new Random().nextLong())
                .start();
        LOG.info("Listening on {}", running.baseUrl());
        return running::close;
    }
}
