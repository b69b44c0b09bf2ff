package io.roomrouting.internal;

import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.Received;
import io.roomrouting.spi.WireFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was sent to a session and may not have arrived: the newest messages, bounded in number and bytes. Messages are
 * counted from 1 over the whole session. Belongs to the room's thread.
 */
final class SentLog {

    /** How many bytes are kept for one session. */
    static final long MAX_BYTES = 256 * 1024;

    private final int maxMessages;
    private final Deque<Encoded> kept = new ArrayDeque<>(0);
    private long sent;
    private long bytes;

    SentLog(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    /**
     * Takes up what another host has kept.
     *
     * @param sent how many messages had been sent in all
     * @param messages the newest of them
     */
    SentLog(int maxMessages, long sent, List<Encoded> messages) {
        this(maxMessages);
        this.sent = sent - messages.size();
        messages.forEach(this::add);
    }

    /** Counts and keeps a message; the oldest are let go when there is no space. */
    void add(Encoded message) {
        sent++;
        kept.add(message);
        bytes += message.size();
        while (kept.size() > maxMessages || bytes > MAX_BYTES) {
            dropOldest();
        }
    }

    /** How many messages were sent since the session began. */
    long sent() {
        return sent;
    }

    /** Lets go of what has arrived; a number that cannot be true changes nothing. */
    void acknowledge(long received) {
        while (received <= sent && !kept.isEmpty() && received > sent - kept.size()) {
            dropOldest();
        }
    }

    /** Says whether everything behind the first so many messages is still here. */
    boolean reachesBackTo(long received) {
        return received <= sent && received >= sent - kept.size();
    }

    /** How many messages a client has that says this; empty if not everything behind them is still here. */
    OptionalLong count(Received received, WireFormat format) {
        if (received instanceof Received.Count count) {
            return reachesBackTo(count.messages()) ? OptionalLong.of(count.messages()) : OptionalLong.empty();
        }
        return received instanceof Received.UpTo last ? countUpTo(last.mark(), format) : OptionalLong.empty();
    }

    private OptionalLong countUpTo(String mark, WireFormat format) {
        long number = sent;
        for (Iterator<Encoded> newest = kept.descendingIterator(); newest.hasNext(); number--) {
            if (format.hasMark(newest.next(), mark)) {
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }

    /** The messages behind the first so many. */
    List<Encoded> after(long received) {
        if (!reachesBackTo(received)) {
            throw new IllegalArgumentException("message " + (received + 1) + " is not kept any more");
        }
        return kept.stream().skip(kept.size() - (sent - received)).toList();
    }

    /** How much of the space is taken. */
    long bytes() {
        return bytes;
    }

    List<Encoded> kept() {
        return List.copyOf(kept);
    }

    private void dropOldest() {
        bytes -= kept.remove().size();
    }
}
