package io.roomrouting.internal;

import io.roomrouting.RoomReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rooms of this host that have something to say to the directory, each once, the oldest news first. Thread-safe. */
final class NoticeBoard {

    private final Set<Notice> waiting = new LinkedHashSet<>();
    private Runnable onNews = () -> {};

    /** What was taken off the board together; has arrived together, or is lost together. */
    final class Batch {

        private final List<Notice> notices;
        private final List<RoomReport> reports;

        private Batch(List<Notice> notices) {
            this.notices = notices;
            this.reports = notices.stream().map(Notice::next).toList();
        }

        List<RoomReport> reports() {
            return reports;
        }

        void arrived() {
            notices.forEach(Notice::arrived);
        }

        /** Puts everything back. */
        void lost() {
            notices.forEach(Notice::lost);
            synchronized (NoticeBoard.this) {
                notices.stream().filter(notice -> !notice.isOver()).forEach(waiting::add);
            }
        }
    }

    /** Says whom to tell, on the thread of whoever has news, that there are some. */
    synchronized void onNews(Runnable listener) {
        onNews = listener;
    }

    void put(Notice notice) {
        Runnable listener;
        synchronized (this) {
            if (!notice.isOver()) {
                waiting.add(notice);
            }
            listener = onNews;
        }
        listener.run();
    }

    synchronized void remove(Notice notice) {
        waiting.remove(notice);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes the oldest news off the board, those of one life of the host only; the others are of no use any more. */
    Batch take(Lease life, int atMost) {
        List<Notice> taken = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Notice> oldest = waiting.iterator(); oldest.hasNext() && taken.size() < atMost; ) {
                Notice notice = oldest.next();
                oldest.remove();
                if (notice.assignment().owner().equals(life.incarnation())) {
                    taken.add(notice);
                }
            }
        }
        return new Batch(taken);
    }
}
