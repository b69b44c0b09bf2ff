package io.roomrouting.internal;

import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a client waits until its room lets it in: keeps what it says meanwhile, so that nothing gets lost and the order
 * stays. Once the door is open everything goes to the room's mailbox.
 *
 * <p>The transport's thread meets the room's here. A session may change rooms while it waits (its room ended, and opens
 * again), but not afterwards: that is why its events wait here, and not in a room's mailbox.
 */
final class Doorstep {

    private static final int MAX_EVENTS = 32;
    private static final int MAX_REFUSALS = 16;

    private enum Door {
        CLOSED,
        OPEN,
        SHUT_FOR_GOOD
    }

    /**
     * What a client said before it was let in.
     *
     * @param events to be handled, in this order
     * @param refusals to be told after them, because there was no space for more
     */
    record Said(List<Numbered<InboundEvent>> events, List<Numbered<Encoded>> refusals) {}

    private List<Numbered<InboundEvent>> events = new ArrayList<>(0);
    private List<Numbered<Encoded>> refusals = new ArrayList<>(0);
    private volatile Door door = Door.CLOSED;

    /** Says whether the client is in, so that its events go to the room's mailbox. */
    boolean isOpen() {
        return door == Door.OPEN;
    }

    /** Says whether the client is out, or will never be in. */
    boolean isShut() {
        return door == Door.SHUT_FOR_GOOD;
    }

    /** Keeps an event while the door is closed; false if there is no space, or the door is not closed. */
    synchronized boolean keep(Numbered<InboundEvent> event) {
        return door == Door.CLOSED && events.size() < MAX_EVENTS && events.add(event);
    }

    /** Keeps a refusal while the door is closed, but no more than some; false if the door is not closed. */
    synchronized boolean keepRefusal(Numbered<Encoded> refusal) {
        if (door == Door.CLOSED && refusals.size() < MAX_REFUSALS) {
            refusals.add(refusal);
        }
        return door == Door.CLOSED;
    }

    /** Opens the door and hands over what was kept. */
    synchronized Said open() {
        Said said = new Said(events, refusals);
        forget();
        door = Door.OPEN;
        return said;
    }

    /** Shuts the door for good. */
    synchronized void shut() {
        forget();
        door = Door.SHUT_FOR_GOOD;
    }

    private void forget() {
        events = List.of();
        refusals = List.of();
    }
}
