package io.roomrouting.testkit.sim;

import io.roomrouting.spi.CloseFrame;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.Welcome;
import io.roomrouting.testkit.RecordedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection that shows a ticket which may be no good: says something if it is let in, and goes. */
final class Intruder implements Guest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SimulatedClient client;
    private final Cluster cluster;
    private @Nullable Wire wire;
    private boolean over;

    Intruder(SimulatedClient client) {
        this.client = client;
        this.cluster = client.cluster();
    }

    void begin(HostLife host, String ticket) {
        Wire fresh = new Wire(cluster.loop(), cluster.network(), client.node(), host, this, cluster.nextNumber());
        wire = fresh;
        cluster.history()
                .add(
                        client.node().toString(),
                        new Happening.Fault("shows " + ticket + " to " + host + " as connection " + fresh.number()));
        fresh.knock(ticket, Optional.empty());
        cluster.after(PATIENCE, this::leave);
    }

    @Override
    public void accepted(Welcome welcome) {
        Wire to = wire;
        if (to != null && !over) {
            to.say(new InboundEvent(
                    NumberingRoom.SAY, List.of(cluster.format().payload(client.nextMessage())), InboundEvent.NO_REPLY));
            cluster.after(client.millis(100, 2_000), this::leave);
        }
    }

    private void leave() {
        if (!over && wire != null) {
            over = true;
            wire.leave();
        }
    }

    @Override
    public void receive(RecordedMessage message) {
        // Only what the host accepts matters here.
    }

    @Override
    public void told(CloseFrame frame) {
        over = true;
    }

    @Override
    public void lost() {
        over = true;
    }
}
