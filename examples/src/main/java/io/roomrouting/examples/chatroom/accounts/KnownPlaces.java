package io.roomrouting.examples.chatroom.accounts;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers from which network addresses users have lately logged in. Forgets some when there are very many: a table of fixed
 * size, in which nobody can choose whom to push out. Thread-safe, without locks.
 */
final class KnownPlaces {

    private static final int PLACES = 1 << 16;

    private final KeyedHash hash = new KeyedHash();
    private final AtomicLongArray marks = new AtomicLongArray(PLACES);

    void add(String place) {
        long mark = hash.of(place);
        marks.set(slotOf(mark), mark);
    }

    boolean contain(String place) {
        long mark = hash.of(place);
        return marks.get(slotOf(mark)) == mark;
    }

    private static int slotOf(long mark) {
        return (int) (mark >>> 48);
    }
}
