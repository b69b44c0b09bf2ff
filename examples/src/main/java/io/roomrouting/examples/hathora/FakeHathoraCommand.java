package io.roomrouting.examples.hathora;

import io.roomrouting.examples.Command;
import io.roomrouting.examples.settings.HathoraSettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.testkit.hathora.FakeHathora;
import io.roomrouting.testkit.hathora.Mischief;
import io.roomrouting.testkit.hathora.Prank;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code fake-hathora}: Hathora's room API on this machine, which starts {@code session} processes on demand. */
public final class FakeHathoraCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(FakeHathoraCommand.class);
    private static final double PERCENT = 100;

    private static final Setting<Integer> PORT = Setting.port("PORT", "where backends connect, on 127.0.0.1", 9000);
    private static final Setting<Integer> ROOMS_PER_PROCESS = Setting.number(
                    "ROOMS_PER_PROCESS", "how many rooms share a session process", 1, 10_000)
            .orElse("10");
    private static final Setting<Integer> ERROR_PERCENT = Setting.number(
                    "ERROR_PERCENT",
                    "how many of a hundred requests fail, with each of the API's errors in turn",
                    0,
                    100)
            .orElse("0");
    private static final Setting<Integer> LATENCY_MILLIS = Setting.number(
                    "LATENCY_MILLIS", "how long a request is kept at most", 0, 60_000)
            .orElse("0");
    private static final Setting<Integer> SEED = Setting.number(
                    "SEED", "what errors and latencies are drawn from", 0, Integer.MAX_VALUE)
            .orElse("1");

    @Override
    public String name() {
        return "fake-hathora";
    }

    @Override
    public String summary() {
        return "Hathora's room API on this machine, for trials: starts session processes on demand.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                PORT,
                HathoraSettings.APP_ID,
                HathoraSettings.TOKEN,
                ROOMS_PER_PROCESS,
                ERROR_PERCENT,
                LATENCY_MILLIS,
                SEED);
    }

    @Override
    public Running start(Settings settings) {
        HathoraSettings.Access access = HathoraSettings.in(settings).orElseThrow(HathoraSettings.APP_ID::missing);
        SessionProcesses processes = new SessionProcesses();
        FakeHathora fake = FakeHathora.builder(processes)
                .app(access.appId(), access.token())
                .port(settings.get(PORT))
                .roomsPerProcess(settings.get(ROOMS_PER_PROCESS))
                .seed(settings.get(SEED))
                .start();
        fake.behave(mischiefIn(settings));
        LOG.info("Listening on *:{}", settings.get(PORT));
        return () -> {
            LOG.info(
                    "{} requests, {} rooms, {} processes",
                    fake.requests(),
                    fake.rooms().size(),
                    fake.processes());
            fake.close();
            processes.close();
        };
    }

    private static Mischief mischiefIn(Settings settings) {
        return Mischief.NONE
                .with(settings.get(ERROR_PERCENT) / PERCENT, Prank.statuses())
                .withLatency(Duration.ofMillis(settings.get(LATENCY_MILLIS)));
    }
}
