package io.roomrouting.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedWorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ManualTime time = ManualTime.create();
    private final BoundedWork work = new BoundedWork("test", 1, 1, PATIENCE, time);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        work.close();
    }

    @Test
    void whatIsMoreThanMayWaitIsRefused() throws Exception {
        CompletableFuture<Boolean> running = occupy();
        CompletableFuture<String> waiting = ask("second");

        assertThat(refusalOf(ask("third"))).isEqualTo(ErrorCode.OVERLOADED);

        release.countDown();
        assertThat(running.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo("second");
    }

    @Test
    void whatHasWaitedForTooLongIsNotDone() throws Exception {
        CompletableFuture<Boolean> running = occupy();
        CompletableFuture<String> waiting = ask("late");
        time.advance(PATIENCE.plusMillis(1));

        release.countDown();

        assertThat(refusalOf(waiting)).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(running.get(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Has the only thread wait for the release. */
    private CompletableFuture<Boolean> occupy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletionStage<Boolean> running = work.ask(() -> {
            begun.countDown();
            try {
                return release.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        return running.toCompletableFuture();
    }

    private CompletableFuture<String> ask(String answer) {
        return work.ask(() -> answer).toCompletableFuture();
    }

    private static ErrorCode refusalOf(CompletableFuture<?> asked) {
        var failed = catchThrowableOfType(ExecutionException.class, () -> asked.get(60, TimeUnit.SECONDS));
        assertThat(failed.getCause()).isInstanceOf(RoutingException.Unavailable.class);
        return ((RoutingException) failed.getCause()).code();
    }
}
