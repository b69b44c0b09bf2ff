package io.roomrouting.examples.loadbalancer;

import java.util.Comparator;

/**
 * A server that lives, and who has been sent to it since it was heard last.
 *
 * @param said its last heartbeat
 * @param heardAt when that came, by the monotonic clock
 * @param sent how many were sent to it since
 * @param lot chance that tells servers with as much space apart; drawn anew whenever something changes
 */
record RegisteredServer(Heartbeat said, long heardAt, int sent, int lot) {

    /** Most space first, which is what is free and not expected to be taken by those who are on their way. */
    static final Comparator<RegisteredServer> MOST_SPACE_FIRST = Comparator.comparingInt(RegisteredServer::fullness)
            .thenComparingInt(RegisteredServer::lot)
            .thenComparing(RegisteredServer::name);

    String name() {
        return said.address().authority();
    }

    /** By its own word. Those who were only sent there do not make it full: perhaps they never come. */
    boolean isFull() {
        return said.rooms() >= said.capacity();
    }

    RegisteredServer withOneMore(int newLot) {
        return new RegisteredServer(said, heardAt, sent + 1, newLot);
    }

    private int fullness() {
        return said.rooms() + sent - said.capacity();
    }
}
