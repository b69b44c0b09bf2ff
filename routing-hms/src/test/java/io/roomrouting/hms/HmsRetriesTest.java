package io.roomrouting.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.roomrouting.RoomId;
import io.roomrouting.testkit.ManualTime;
import io.roomrouting.testkit.hms.FakeHmsAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often, and after how long, a request is made again. */
class HmsRetriesTest {

    private static final RoomId ROOM = RoomId.of("r1");

    private final FakeApp app = new FakeApp();
    private final ManualTime time = ManualTime.create();

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void attemptsAreBoundedAndThePausesGrowWithJitter() throws Exception {
        app.hms.next(fails(5));
        // Jitter at its least: half of each pause.
        HmsClient client = app.builder().attempts(5).time(time).random(() -> 0).build();

        List<Duration> pauses = pausesOf(client);

        assertThat(pauses)
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(app.hms.requests()).hasSize(5);
    }

    @Test
    void jitterKeepsCallersApart() throws Exception {
        List<Duration> first = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            app.hms.next(fails(2));
            first.addAll(pausesOf(app.builder().attempts(2).time(time).build()));
        }

        assertThat(first)
                .doesNotHaveDuplicates()
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(100), Duration.ofMillis(200)));
    }

    @Test
    void aPauseIsNotShorterThan100msAsks() throws Exception {
        app.hms.next(
                FakeHmsAnswer.error(429, "slow down").withHeader("Retry-After", "7"),
                FakeHmsAnswer.error(503, "busy").withHeader("Retry-After", "3"),
                FakeHmsAnswer.error(503, "busy"));
        HmsClient client = app.builder().attempts(3).time(time).build();

        List<Duration> pauses = pausesOf(client);

        assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_100));
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_200));
    }

    @Test
    void whoShallWaitLongerThanTheTimeThatIsLeftIsToldAtOnce() {
        app.hms.next(FakeHmsAnswer.error(429, "slow down").withHeader("Retry-After", "60"));
        HmsClient client = app.builder().attempts(5).time(time).build();

        assertThatThrownBy(() -> client.room(ROOM)).isInstanceOfSatisfying(HmsException.Unavailable.class, e -> {
            assertThat(e.status()).hasValue(429);
            assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(60));
        });
        assertThat(app.hms.requests()).hasSize(1);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void theTimeOutHoldsForAllAttemptsTogether() throws Exception {
        app.hms.next(fails(10));
        HmsClient client = app.builder()
                .attempts(10)
                .timeout(Duration.ofSeconds(1))
                .time(time)
                .random(() -> 0)
                .build();

        Duration waited = pausesOf(client).stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(waited).isLessThan(Duration.ofSeconds(1));
        assertThat(app.hms.requests()).hasSize(4);
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        app.hms.next(FakeHmsAnswer.error(404, "no"));

        assertThatThrownBy(() -> app.client.room(ROOM)).isInstanceOf(HmsException.Refused.class);
        assertThat(app.hms.requests()).hasSize(1);
    }

    @Test
    void aThreadThatIsInterruptedMakesNoFurtherAttemptAndStaysInterrupted() throws Exception {
        app.hms.next(fails(1));
        HmsClient client = app.builder().attempts(5).time(time).build();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            HmsException e = catchThrowableOfType(HmsException.class, () -> client.room(ROOM));
            interrupted.complete(e instanceof HmsException.Unavailable
                    && Thread.currentThread().isInterrupted());
        });
        waiting.start();
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(2)).until(() -> time.pendingTimers() == 1);
        waiting.interrupt();

        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(app.hms.requests()).hasSize(1);
        assertThat(time.pendingTimers()).isZero();
    }

    private static FakeHmsAnswer[] fails(int times) {
        FakeHmsAnswer[] answers = new FakeHmsAnswer[times];
        Arrays.fill(answers, FakeHmsAnswer.error(500, "broken"));
        return answers;
    }

    /** Lets a request fail for good, moving the clock on whenever it waits. */
    private List<Duration> pausesOf(HmsClient client) throws Exception {
        List<Duration> pauses = new ArrayList<>();
        CompletableFuture<HmsRoom> result = CompletableFuture.supplyAsync(() -> client.room(ROOM));
        while (true) {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> result.isDone() || time.pendingTimers() == 1);
            if (result.isDone()) {
                assertThatThrownBy(() -> result.get(1, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(HmsException.Unavailable.class);
                return pauses;
            }
            Duration pause = time.untilNextTimer().orElseThrow();
            pauses.add(pause);
            time.advance(pause);
        }
    }
}
