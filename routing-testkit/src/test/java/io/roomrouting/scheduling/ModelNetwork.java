package io.roomrouting.scheduling;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.spi.HostProber;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Carries probes to model hosts, as well or badly as it is told. */
final class ModelNetwork implements HostProber {

    /** What becomes of a probe. */
    sealed interface Fate {
        /** It arrives, and so does the reply. */
        record Arrives() implements Fate {}

        /** It is lost. */
        record Lost() implements Fate {}

        /** It arrives, perhaps late, and the reply is lost. */
        record ReplyLost(Duration delay) implements Fate {}
    }

    private final TimeSource time;
    private final Map<HostAddress, ModelHost> hosts = new HashMap<>();
    Supplier<Fate> fate = Fate.Arrives::new;

    ModelNetwork(TimeSource time) {
        this.time = time;
    }

    ModelHost host(String name) {
        ModelHost host = new ModelHost(time, name);
        hosts.put(host.address, host);
        return host;
    }

    @Override
    public ProbeReply probe(HostAddress address, ProbeRequest request, Duration timeout) {
        ModelHost host = hosts.get(address);
        Fate now = fate.get();
        if (host != null && now instanceof Fate.Arrives) {
            return host.onProbe(request);
        }
        if (host != null && now instanceof Fate.ReplyLost late) {
            time.schedule(late.delay(), () -> host.onProbe(request));
        }
        throw RoutingException.unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, "no answer", Duration.ofSeconds(1));
    }
}
