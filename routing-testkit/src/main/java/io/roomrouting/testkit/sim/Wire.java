package io.roomrouting.testkit.sim;

import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.SeatRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** A client's connection to one life of a host: both directions, and how it ends. */
final class Wire {

    private final EventLoop loop;
    private final Network network;
    private final Node client;
    private final HostLife host;
    private final Guest guest;
    private final int number;
    private final ServerEnd serverEnd;
    private final OrderedStream in;
    private final OrderedStream out;
    private boolean clientGone;

    Wire(EventLoop loop, Network network, Node client, HostLife host, Guest guest, int number) {
        this.loop = loop;
        this.network = network;
        this.client = client;
        this.host = host;
        this.guest = guest;
        this.number = number;
        this.serverEnd = new ServerEnd(number, host, this);
        this.in = new OrderedStream(loop, network, client, host.process().node(), host.process());
        this.out = new OrderedStream(loop, network, host.process().node(), client, null);
    }

    int number() {
        return number;
    }

    /** Connects and shows a ticket. */
    void knock(String token, Optional<SeatRequest> seat) {
        host.add(this);
        in.send(() -> serverEnd.knock(token, seat, client.toString()));
    }

    void acknowledge(long received) {
        in.send(() -> serverEnd.acknowledged(received));
    }

    void say(InboundEvent event) {
        in.send(() -> serverEnd.hear(event));
    }

    /** The client says goodbye after what it has said. */
    void leave() {
        clientGone = true;
        in.send(() -> serverEnd.end(LeaveReason.LEFT));
    }

    /** The client gives the connection up. */
    void abort() {
        clientGone = true;
        in.reset();
        in.send(() -> serverEnd.end(LeaveReason.CONNECTION_LOST));
    }

    /** Something between the two breaks it; each end notices at a moment of its own. */
    void breakDown() {
        in.breakOff();
        out.breakOff();
        loop.at(loop.now() + network.delay(), null, this::clientLoses);
        loop.at(loop.now() + 3 * network.delay(), host.process(), () -> serverEnd.end(LeaveReason.CONNECTION_LOST));
    }

    /** The host's process is dead; its machine says so if it can. */
    void hostDied() {
        loop.at(loop.now() + network.delay(), null, () -> {
            if (network.reaches(host.process().node(), client)) {
                clientLoses();
            }
        });
    }

    private void clientLoses() {
        if (!clientGone) {
            clientGone = true;
            guest.lost();
        }
    }

    void toClient(Consumer<Guest> message) {
        out.send(() -> {
            if (!clientGone) {
                message.accept(guest);
            }
        });
    }

    /** Nothing more comes from the client's end of a connection that it was told the end of. */
    void clientEnds() {
        clientGone = true;
    }

    void serverEnded() {
        host.remove(this);
    }
}
