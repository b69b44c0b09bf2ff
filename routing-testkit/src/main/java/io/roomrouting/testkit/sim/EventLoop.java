package io.roomrouting.testkit.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: one event after the other, in the order of their moments, and one thread at a time.
 *
 * <p>What may wait (a task of a host's blocking executor, a router's request) runs on a {@link Worker} that has the baton.
 * While it waits, the same thread goes on with the events; only when a second task is to run meanwhile, or when an earlier
 * one can go on, does the baton move to another thread. Most calls therefore cost no switch of threads.
 */
final class EventLoop {

    private static final Comparator<Event> ORDER =
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.number);

    /** More than any run needs; a run with more goes round in circles. */
    private static final long MOST_EVENTS = 2_000_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>(256, ORDER);
    private final Queue<Ready> ready = new ArrayDeque<>();
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Consumer<Throwable> faults;
    private long now;
    private volatile long end;
    private long numbered;
    private long happened;
    private boolean over;

    /** Something that happens at a moment. */
    static final class Event {
        private final long at;
        private final long number;
        private final @Nullable SimulatedProcess owner;
        private final Runnable action;
        private boolean cancelled;

        private Event(long at, long number, @Nullable SimulatedProcess owner, Runnable action) {
            this.at = at;
            this.number = number;
            this.owner = owner;
            this.action = action;
        }

        void cancel() {
            cancelled = true;
        }
    }

    /** What needs a thread next: a task that begins, or one that has waited long enough. */
    private sealed interface Ready {
        record Begin(Runnable task) implements Ready {}

        record GoOn(Waiting waiting) implements Ready {}
    }

    /**
     * Begins at zero.
     *
     * @param faults is told what events and tasks throw
     */
    EventLoop(Consumer<Throwable> faults) {
        this.faults = faults;
    }

    /** The moment, in nanoseconds of true time since the beginning. */
    long now() {
        return now;
    }

    boolean isOver() {
        return over;
    }

    /** Lets something happen at a moment, now at the earliest; it waits while its process is paused. */
    Event at(long moment, @Nullable SimulatedProcess owner, Runnable action) {
        Event event = new Event(Math.max(now, moment), numbered++, owner, action);
        if (!over) {
            events.add(event);
        }
        return event;
    }

    /** Runs a task where it may wait, as soon as the current event is over. */
    void begin(Runnable task) {
        ready.add(new Ready.Begin(task));
    }

    /** Waits, in virtual time, until somebody calls {@link #wake}. */
    void await(Waiting mine) {
        if (over || mine.owner().isDead()) {
            throw new ProcessDied();
        }
        if (mine.isDone()) {
            return;
        }
        mine.standsOn(Worker.current());
        waiting.add(mine);
        drive(mine);
        waiting.remove(mine);
        if (mine.isKilled()) {
            throw new ProcessDied();
        }
    }

    /** What was waited for has come. */
    void wake(Waiting task) {
        if (task.finish() && task.isStanding() && !task.isKilled()) {
            ready.add(new Ready.GoOn(task));
        }
    }

    /** Unwinds what a process waits for. */
    void unwind(Predicate<SimulatedProcess> whose) {
        List<Waiting> all = new ArrayList<>(waiting);
        for (Waiting task : all) {
            boolean comesAnyway = task.isDone();
            if (whose.test(task.owner()) && task.kill() && !comesAnyway) {
                ready.add(new Ready.GoOn(task));
            }
        }
    }

    /** Runs until a moment; to be called once. */
    void run(long until) {
        end = until;
        Worker.give(() -> drive(null));
        boolean interrupted = false;
        while (true) {
            try {
                finished.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                end = 0;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on with events on this thread: until the given task can go on, or until another thread has the baton. */
    private void drive(@Nullable Waiting mine) {
        while (true) {
            Ready next = ready.poll();
            if (next == null) {
                if (step()) {
                    continue;
                }
                if (waiting.isEmpty()) {
                    finished.countDown();
                    return;
                }
                unwind(process -> true);
            } else if (next instanceof Ready.GoOn other && other.waiting() == mine) {
                return;
            } else if (mine != null) {
                hand(next);
                mine.worker().awaitBaton();
                return;
            } else if (next instanceof Ready.Begin begin) {
                runTask(begin.task());
            } else {
                hand(next);
                return;
            }
        }
    }

    private void hand(Ready next) {
        if (next instanceof Ready.Begin begin) {
            Worker.give(() -> {
                runTask(begin.task());
                drive(null);
            });
        } else if (next instanceof Ready.GoOn other) {
            other.waiting().worker().goOn();
        }
    }

    private boolean step() {
        Event event = over ? null : events.poll();
        if (event == null || event.at > end) {
            over = true;
            return false;
        }
        if (++happened > MOST_EVENTS) {
            faults.accept(new IllegalStateException("more than " + MOST_EVENTS + " events: time stands still"));
            over = true;
            return false;
        }
        if (!event.cancelled) {
            now = event.at;
            if (event.owner == null || event.owner.takes(event.action)) {
                runTask(event.action);
            }
        }
        return true;
    }

    private void runTask(Runnable task) {
        try {
            task.run();
        } catch (ProcessDied e) {
            // It belonged to a process that is no more.
            return;
        } catch (RuntimeException | Error e) {
            faults.accept(e);
        }
    }
}
