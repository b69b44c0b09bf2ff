package io.roomrouting.testkit.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Everything that happened in a run, in order. */
public final class History {

    private final LongSupplier now;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One line.
     *
     * @param line its number, from 1
     * @param at true time in nanoseconds
     * @param where the process or client
     * @param what what happened
     */
    record Entry(int line, long at, String where, Happening what) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%5d %10.3f s  %-10s %s", line, at / 1e9, where, what);
        }
    }

    History(LongSupplier now) {
        this.now = now;
    }

    void add(String where, Happening what) {
        entries.add(new Entry(entries.size() + 1, now.getAsLong(), where, what));
    }

    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /**
     * Counts the lines.
     *
     * @return how much has happened
     */
    public int size() {
        return entries.size();
    }

    /**
     * Returns one line: its number, the true time in seconds, who, and what.
     *
     * @param number from 1
     * @return the line
     */
    public String line(int number) {
        return entries.get(number - 1).toString();
    }

    /**
     * Returns the whole history, one line each; the same text for every run of the same seed.
     *
     * @return the lines
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(entries.size() * 80);
        entries.forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }
}
