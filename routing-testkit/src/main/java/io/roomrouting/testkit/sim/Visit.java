package io.roomrouting.testkit.sim;

import io.roomrouting.spi.CloseFrame;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.testkit.RecordedMessage;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a client to its room: says numbered things, wants answers, and counts what comes. */
final class Visit implements Guest {

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(4);

    private final SimulatedClient client;
    private final Cluster cluster;
    private final BooleanSupplier current;
    private final RecordingFormat format = RecordingFormat.plain();
    private final List<Long> unanswered = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private @Nullable Wire wire;
    private boolean in;
    private boolean over;

    /**
     * A visit that has not begun.
     *
     * @param current whether it is still the client's newest
     */
    Visit(SimulatedClient client, BooleanSupplier current) {
        this.client = client;
        this.cluster = client.cluster();
        this.current = current;
    }

    void begin(HostLife host, String ticket) {
        Wire fresh = new Wire(cluster.loop(), cluster.network(), client.node(), host, this, cluster.nextNumber());
        wire = fresh;
        fresh.knock(ticket);
        if (client.random().nextInt(3) == 0) {
            say(fresh);
        }
    }

    boolean isIn() {
        return in;
    }

    private void say(Wire to) {
        long number = messages.size();
        String message = client.nextMessage();
        messages.add(message);
        unanswered.add(number);
        to.say(new InboundEvent(NumberingRoom.SAY, List.of(format.payload(message)), number));
        cluster.after(ANSWER_PATIENCE, () -> {
            if (!over && unanswered.contains(number)) {
                giveUp();
            }
        });
    }

    /** Hears nothing for too long. */
    void giveUp() {
        finish(Wire::abort, Duration.ZERO);
    }

    private void talk() {
        Wire to = wire;
        if (over || to == null) {
            return;
        }
        int dice = client.random().nextInt(100);
        boolean calm = cluster.isCalm();
        if (dice < cluster.config().restlessness() && !calm) {
            finish(Wire::leave, client.millis(200, 6_000));
            return;
        }
        if (dice == 99 && !calm && cluster.config().has(Trouble.CLOSED_ROOMS)) {
            to.say(new InboundEvent(NumberingRoom.SHUT, List.of(), InboundEvent.NO_REPLY));
        } else if (dice < 30) {
            say(to);
            say(to);
        } else {
            say(to);
        }
        cluster.after(client.millis(200, 1_600), this::talk);
    }

    private void finish(Consumer<Wire> how, Duration pause) {
        if (over) {
            return;
        }
        over = true;
        if (wire != null) {
            how.accept(wire);
        }
        if (current.getAsBoolean()) {
            client.isOut(pause);
        }
    }

    private int number() {
        return wire == null ? 0 : wire.number();
    }

    private void record(Happening what) {
        cluster.history().add(client.node().toString(), what);
    }

    @Override
    public void accepted() {
        in = true;
        talk();
    }

    @Override
    public void receive(RecordedMessage message) {
        if (message instanceof RecordedMessage.Event event) {
            long number = event.data(Long.class);
            record(
                    event.name().equals(NumberingRoom.WELCOME)
                            ? new Happening.Greeted(number(), number)
                            : new Happening.Received(number(), number));
        } else if (message instanceof RecordedMessage.Reply reply) {
            answered(reply.replyId(), true);
        } else if (message instanceof RecordedMessage.Failure failure) {
            answered(failure.replyId(), false);
        }
    }

    private void answered(long number, boolean handled) {
        int order = unanswered.indexOf(number);
        unanswered.remove(number);
        String message = number >= 0 && number < messages.size() ? messages.get((int) number) : "nothing";
        record(new Happening.Answered(client.node().toString(), number(), message, order, handled));
        client.isServed();
    }

    @Override
    public void told(CloseFrame frame) {
        record(new Happening.Told(client.node().toString(), number(), frame.code() + " " + frame.reason()));
        finish(Wire::clientEnds, client.pauseAfter(frame));
    }

    @Override
    public void lost() {
        record(new Happening.Fault("loses connection " + number()));
        finish(Wire::clientEnds, Duration.ZERO);
    }
}
