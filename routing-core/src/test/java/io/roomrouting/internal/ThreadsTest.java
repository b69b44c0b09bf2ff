package io.roomrouting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void uses_virtual_threads_exactly_where_the_jdk_has_them() {
        assertThat(Threads.areVirtual()).isEqualTo(Runtime.version().feature() >= 21);
    }

    @Test
    void names_its_threads_and_keeps_no_process_alive() throws Exception {
        ExecutorService executor = Threads.blocking("probe");

        Thread thread = executor.submit(Thread::currentThread).get(60, TimeUnit.SECONDS);

        assertThat(thread.getName()).startsWith("probe-");
        assertThat(thread.isDaemon()).isTrue();
        executor.shutdownNow();
    }

    @Test
    void a_waiting_task_holds_up_no_other() throws Exception {
        ExecutorService executor = Threads.blocking("probe");
        CountDownLatch released = new CountDownLatch(1);
        Future<Boolean> waiting = executor.submit(() -> released.await(60, TimeUnit.SECONDS));

        executor.submit(released::countDown).get(60, TimeUnit.SECONDS);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
        executor.shutdownNow();
    }
}
