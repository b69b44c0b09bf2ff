package io.roomrouting.testkit.hathora;

import io.roomrouting.HostAddress;
import java.util.concurrent.CompletableFuture;

/** Starts what a {@link FakeHathora} runs rooms on: real processes, hosts inside the test, or nothing at all. */
@FunctionalInterface
public interface ProcessLauncher {

    /**
     * Starts a process. Must not block; called by one thread at a time.
     *
     * @param order what to start
     * @return the process, which may still be starting
     */
    LaunchedProcess launch(ProcessOrder order);

    /**
     * What to start.
     *
     * @param processId its id, {@code HATHORA_PROCESS_ID}
     * @param appId the application, {@code HATHORA_APP_ID}
     * @param region where it is said to run, {@code HATHORA_REGION}
     */
    record ProcessOrder(String processId, String appId, String region) {}

    /**
     * A process.
     *
     * @param listening where clients reach it, once it serves
     * @param ended completed when it has ended, for whatever reason
     * @param stop asks it to end
     */
    record LaunchedProcess(CompletableFuture<HostAddress> listening, CompletableFuture<Void> ended, Runnable stop) {}
}
