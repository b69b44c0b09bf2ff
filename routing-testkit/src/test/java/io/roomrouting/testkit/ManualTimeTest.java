package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManualTimeTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<String> ran = new ArrayList<>();

    @Test
    void stands_still_until_it_is_moved() {
        long before = time.nanoTime();

        time.advance(Duration.ofMillis(1500));

        assertThat(time.nanoTime() - before).isEqualTo(1_500_000_000L);
        assertThat(time.now()).isEqualTo(Instant.parse("2026-03-01T12:00:01.500Z"));
    }

    @Test
    void runs_due_timers_in_order_and_ties_as_they_were_scheduled() {
        time.schedule(Duration.ofSeconds(2), () -> ran.add("late"));
        time.schedule(Duration.ofSeconds(1), () -> ran.add("first"));
        time.schedule(Duration.ofSeconds(1), () -> ran.add("second"));
        time.schedule(Duration.ofSeconds(5), () -> ran.add("not yet"));

        time.advance(Duration.ofSeconds(4));

        assertThat(ran).containsExactly("first", "second", "late");
        assertThat(time.pendingTimers()).isEqualTo(1);
        assertThat(time.untilNextTimer()).contains(Duration.ofSeconds(1));
    }

    @Test
    void shows_a_timer_its_own_moment_and_runs_what_it_schedules() {
        Instant start = time.now();
        time.schedule(Duration.ofSeconds(1), () -> {
            ran.add("at " + Duration.between(start, time.now()).toSeconds());
            time.schedule(
                    Duration.ofSeconds(1),
                    () -> ran.add("at " + Duration.between(start, time.now()).toSeconds()));
        });

        time.advance(Duration.ofSeconds(10));

        assertThat(ran).containsExactly("at 1", "at 2");
    }

    @Test
    void a_cancelled_timer_never_runs() {
        TimeSource.Cancellable timer = time.schedule(Duration.ofSeconds(1), () -> ran.add("never"));

        timer.cancel();
        timer.cancel();
        time.advance(Duration.ofSeconds(2));

        assertThat(ran).isEmpty();
    }

    @Test
    void advancing_by_zero_runs_what_is_due_now() {
        time.schedule(Duration.ZERO, () -> ran.add("now"));

        time.advance(Duration.ZERO);

        assertThat(ran).containsExactly("now");
    }

    @Test
    void a_failing_timer_holds_up_no_other_and_is_reported() {
        time.schedule(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("broken timer");
        });
        time.schedule(Duration.ofSeconds(2), () -> ran.add("after"));

        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(3))).hasMessage("broken timer");

        assertThat(ran).containsExactly("after");
    }

    @Test
    void a_timer_cannot_move_time_and_nobody_can_move_it_back() {
        time.schedule(Duration.ZERO, () -> time.advance(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> time.advance(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> time.advance(Duration.ofNanos(-1)));
    }

    @Test
    void setting_the_wall_clock_runs_no_timer() {
        long before = time.nanoTime();
        time.schedule(Duration.ofSeconds(1), () -> ran.add("early"));

        time.shiftWallClock(Duration.ofHours(1));

        assertThat(time.now()).isEqualTo(Instant.parse("2026-03-01T13:00:00Z"));
        assertThat(time.nanoTime()).isEqualTo(before);
        assertThat(ran).isEmpty();
    }

    @Test
    void many_threads_may_schedule_while_time_moves() throws Exception {
        AtomicInteger count = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 1000; n++) {
                    time.schedule(Duration.ofNanos(n), count::incrementAndGet);
                }
            });
            threads.add(thread);
            thread.start();
        }
        time.advance(Duration.ofNanos(500));
        for (Thread thread : threads) {
            thread.join();
        }

        time.advance(Duration.ofSeconds(1));

        assertThat(count).hasValue(4000);
    }
}
