package io.roomrouting.testkit.sim;

import io.roomrouting.spi.CloseFrame;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.spi.Welcome;
import io.roomrouting.testkit.RecordedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One connection of a client to its room: says numbered things, wants answers, and counts what comes. */
final class Visit implements Guest {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final int MESSAGES_PER_ACKNOWLEDGEMENT = 5;

    private final SimulatedClient client;
    private final Cluster cluster;
    private final BooleanSupplier current;
    private final Wire wire;
    private Conversation conversation;
    private boolean in;
    private boolean over;
    private long lastProgress;

    /**
     * A visit that has not begun.
     *
     * @param host where it leads
     * @param current whether it is still the client's newest
     */
    Visit(SimulatedClient client, HostLife host, BooleanSupplier current) {
        this.client = client;
        this.cluster = client.cluster();
        this.current = current;
        this.conversation = client.conversation();
        this.wire = new Wire(cluster.loop(), cluster.network(), client.node(), host, this, cluster.nextNumber());
    }

    /** Goes on with the conversation if that is possible, or begins a new one. */
    void begin(String ticket) {
        Optional<SeatRequest> way = conversation.way();
        if (way.isEmpty()) {
            conversation = client.startOver();
        }
        wire.knock(ticket, way.isPresent() || !client.wantsSeat() ? way : Optional.of(new SeatRequest.New()));
        if (way.isEmpty() && client.random().nextInt(3) == 0) {
            say();
        }
    }

    boolean isIn() {
        return in;
    }

    // Talking

    private void talk() {
        if (over) {
            return;
        }
        int dice = client.random().nextInt(100);
        boolean calm = cluster.isCalm();
        if (dice < cluster.config().restlessness() && !calm) {
            conversation.end();
            finish(Wire::leave, client.millis(200, 6_000));
            return;
        }
        if (dice == 99 && !calm && cluster.config().has(Trouble.CLOSED_ROOMS)) {
            say(new InboundEvent(NumberingRoom.SHUT, List.of(), InboundEvent.NO_REPLY), NumberingRoom.SHUT);
        } else if (dice < 30) {
            say();
        }
        say();
        cluster.after(client.millis(200, 1_600), this::talk);
    }

    private void say() {
        String message = client.nextMessage();
        say(
                new InboundEvent(NumberingRoom.SAY, List.of(cluster.format().payload(message)), conversation.next()),
                message);
    }

    private void say(InboundEvent event, String name) {
        if (!conversation.waits()) {
            lastProgress = cluster.loop().now();
        }
        conversation.say(event, name);
        wire.say(event);
    }

    /** Leaves when nothing is heard for too long. */
    private void watch() {
        if (over) {
            return;
        }
        if (conversation.waits() && cluster.loop().now() - lastProgress > PATIENCE.toNanos()) {
            giveUp();
        } else {
            cluster.after(GLANCE, this::watch);
        }
    }

    void giveUp() {
        finish(Wire::abort, Duration.ZERO);
    }

    private void finish(Consumer<Wire> how, Duration pause) {
        if (over) {
            return;
        }
        over = true;
        how.accept(wire);
        if (current.getAsBoolean()) {
            client.isOut(pause);
        }
    }

    private void record(Happening what) {
        cluster.history().add(client.node().toString(), what);
    }

    // Hearing

    @Override
    public void accepted(Welcome welcome) {
        in = true;
        lastProgress = cluster.loop().now();
        Optional<Welcome.Seat> seat = welcome.seat();
        boolean resumed = seat.isPresent() && seat.get().resumed();
        if (conversation.way().isPresent() && !resumed) {
            conversation = client.startOver();
        }
        if (resumed) {
            long handled = seat.get().handled();
            record(new Happening.Resumed(wire.number(), conversation.connection(), handled));
            conversation.behind(handled).forEach(wire::say);
        }
        conversation.goesOn(wire.number(), seat.map(Welcome.Seat::token));
        talk();
        watch();
    }

    @Override
    public void receive(RecordedMessage message) {
        if (message instanceof RecordedMessage.Acknowledgement) {
            return;
        }
        long received = conversation.receive();
        if (message instanceof RecordedMessage.Event event) {
            long number = event.data(Long.class);
            record(
                    event.name().equals(NumberingRoom.WELCOME)
                            ? new Happening.Greeted(wire.number(), number)
                            : new Happening.Received(wire.number(), number));
        } else if (message instanceof RecordedMessage.Reply reply) {
            answered(reply.replyId(), true);
        } else if (message instanceof RecordedMessage.Failure failure) {
            answered(failure.replyId(), false);
        }
        if (!over && conversation.way().isPresent() && received % MESSAGES_PER_ACKNOWLEDGEMENT == 0) {
            wire.acknowledge(received);
        }
    }

    private void answered(long number, boolean handled) {
        int order = conversation.answer(number);
        lastProgress = cluster.loop().now();
        record(new Happening.Answered(
                client.node().toString(), wire.number(), conversation.nameOf(number), order, handled));
        client.isServed();
    }

    @Override
    public void told(CloseFrame frame) {
        record(new Happening.Told(client.node().toString(), wire.number(), frame.code() + " " + frame.reason()));
        if (SimulatedClient.staysOut(frame)) {
            conversation.end();
        }
        finish(Wire::clientEnds, client.pauseAfter(frame));
    }

    @Override
    public void lost() {
        record(new Happening.Fault("loses connection " + wire.number()));
        finish(Wire::clientEnds, Duration.ZERO);
    }
}
