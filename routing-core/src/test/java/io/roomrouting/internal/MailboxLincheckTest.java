package io.roomrouting.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever the threads do: every task that was taken runs exactly once, and never two of them at a time. */
public class MailboxLincheckTest {

    private final Queue<Runnable> elsewhere = new ConcurrentLinkedQueue<>();
    private final Mailbox mailbox = new Mailbox(2, elsewhere::add, new Mailbox.Batch() {
        @Override
        public void begin() {
            enter();
        }

        @Override
        public void end() {
            busy = false;
        }

        @Override
        public void run(Runnable task) {
            task.run();
        }
    });

    /** Plain fields on purpose: the mailbox promises that they need no more. */
    private boolean busy;

    private boolean overlapped;
    private final int[] runs = new int[16];

    /** Numbers the tasks; the lock makes it a step of its own. */
    private int taken;

    @Operation
    public void forceAndRun() {
        mailbox.force(task());
        mailbox.run();
    }

    @Operation
    public void forceAndRunElsewhere() {
        mailbox.force(task());
        mailbox.runElsewhere();
    }

    /** Not a linearizable answer, since "full" depends on who works, so it is kept to itself. */
    @Operation
    public void offerAndRun() {
        int before = reserve();
        if (!mailbox.offer(() -> runs[before]++)) {
            runs[before]++;
        }
        mailbox.run();
    }

    /** A thread of the executor. */
    @Operation
    public void workElsewhere() {
        Runnable work = elsewhere.poll();
        if (work != null) {
            work.run();
        }
    }

    @Validate
    public void everyTaskHasRunOnceAndAlone() {
        for (Runnable work = elsewhere.poll(); work != null; work = elsewhere.poll()) {
            work.run();
        }
        for (int task = 0; task < taken; task++) {
            if (runs[task] != 1) {
                throw new IllegalStateException("task " + task + " ran " + runs[task] + " times");
            }
        }
        if (overlapped) {
            throw new IllegalStateException("two threads were in the room at once");
        }
    }

    private Runnable task() {
        int number = reserve();
        return () -> runs[number]++;
    }

    private synchronized int reserve() {
        return taken++;
    }

    private void enter() {
        overlapped |= busy;
        busy = true;
    }

    @Test
    void keepsItsPromiseUnderEveryInterleaving() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(20)
                .invocationsPerIteration(400)
                .check(MailboxLincheckTest.class);
    }
}
