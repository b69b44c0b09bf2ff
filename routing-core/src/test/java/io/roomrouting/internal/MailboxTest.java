package io.roomrouting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final int BATCH = Mailbox.TASKS_PER_BATCH;

    private final List<String> happened = new ArrayList<>();
    private final Deque<Runnable> elsewhere = new ArrayDeque<>();
    private final Mailbox mailbox = new Mailbox(1_000, elsewhere::add, new Mailbox.Batch() {
        @Override
        public void begin() {
            happened.add("begin");
        }

        @Override
        public void end() {
            happened.add("end");
        }

        @Override
        public void run(Runnable task) {
            task.run();
        }
    });

    private Runnable says(String what) {
        return () -> happened.add(what);
    }

    @Test
    void worksOnTheCallingThreadWhenIdle() {
        mailbox.offer(says("one"));
        mailbox.offer(says("two"));
        assertThat(happened).isEmpty();

        mailbox.run();

        assertThat(happened).containsExactly("begin", "one", "two", "end");
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void doesNothingWhenThereIsNothingToDo() {
        mailbox.run();
        mailbox.runElsewhere();

        assertThat(happened).isEmpty();
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void neverWorksInsideItself() {
        mailbox.offer(() -> {
            mailbox.force(says("inner"));
            mailbox.run();
            mailbox.runElsewhere();
            happened.add("outer");
        });

        mailbox.run();

        assertThat(happened).containsExactly("begin", "outer", "inner", "end");
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void goesElsewhereOnceHoweverOftenItIsAsked() {
        mailbox.force(says("one"));
        mailbox.runElsewhere();
        mailbox.runElsewhere();
        mailbox.run();
        assertThat(happened).isEmpty();

        assertThat(elsewhere).hasSize(1);
        elsewhere.remove().run();

        assertThat(happened).containsExactly("begin", "one", "end");
    }

    @Test
    void endsABatchSoThatWhatItSentIsFlushed() {
        IntStream.range(0, BATCH + 1).forEach(i -> mailbox.offer(says("task")));

        mailbox.run();

        assertThat(happened).startsWith("begin", "task").endsWith("task", "end", "begin", "task", "end");
    }

    @Test
    void handsTheRestToTheExecutorAfterSeveralBatches() {
        int several = 4 * BATCH;
        IntStream.range(0, several + 10).forEach(i -> mailbox.offer(says("task")));

        mailbox.run();
        assertThat(happened).filteredOn("task"::equals).hasSize(several);
        mailbox.run();
        assertThat(happened).filteredOn("task"::equals).hasSize(several);
        assertThat(elsewhere).hasSize(1);
        elsewhere.remove().run();

        assertThat(happened).filteredOn("task"::equals).hasSize(several + 10);
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void takesSoManyAndForcedOnesBesides() {
        Mailbox small = new Mailbox(2, elsewhere::add, new Mailbox.Batch() {
            @Override
            public void begin() {}

            @Override
            public void end() {}

            @Override
            public void run(Runnable task) {
                task.run();
            }
        });

        assertThat(small.offer(says("one"))).isTrue();
        assertThat(small.offer(says("two"))).isTrue();
        assertThat(small.offer(says("three"))).isFalse();
        small.force(says("forced"));
        small.run();

        assertThat(happened).containsExactly("one", "two", "forced");
        assertThat(small.offer(says("four"))).isTrue();
    }

    @Test
    void loosesNothingAndRunsOneAtATimeUnderManyThreads() throws Exception {
        int threads = 8;
        int perThread = 20_000;
        ExecutorService rest = Executors.newFixedThreadPool(2);
        long[] plain = new long[1];
        AtomicLong overlaps = new AtomicLong();
        AtomicLong inside = new AtomicLong();
        Mailbox busy = new Mailbox(Integer.MAX_VALUE, rest, new Mailbox.Batch() {
            @Override
            public void begin() {
                if (inside.incrementAndGet() != 1) {
                    overlaps.incrementAndGet();
                }
            }

            @Override
            public void end() {
                inside.decrementAndGet();
            }

            @Override
            public void run(Runnable task) {
                task.run();
            }
        });
        AtomicLong done = new AtomicLong();
        ExecutorService producers = Executors.newFixedThreadPool(threads);

        for (int thread = 0; thread < threads; thread++) {
            producers.execute(() -> {
                for (int i = 0; i < perThread; i++) {
                    busy.offer(() -> {
                        plain[0]++;
                        done.incrementAndGet();
                    });
                    if (i % 3 == 0) {
                        busy.runElsewhere();
                    } else {
                        busy.run();
                    }
                }
            });
        }

        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> done.get() == (long) threads * perThread);
        producers.shutdown();
        assertThat(producers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        rest.shutdown();
        assertThat(rest.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(plain[0]).isEqualTo((long) threads * perThread);
        assertThat(overlaps).hasValue(0);
    }
}
