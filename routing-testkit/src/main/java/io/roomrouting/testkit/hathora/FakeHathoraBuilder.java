package io.roomrouting.testkit.hathora;

import io.roomrouting.TimeSource;

/** Describes a {@link FakeHathora} and starts it. Everything but the launcher has a default. Not thread-safe. */
public final class FakeHathoraBuilder {

    final ProcessLauncher launcher;
    String appId = "app-1";
    String token = "fake-token";
    int port;
    int roomsPerProcess = 10;
    long seed = 1;
    TimeSource time = TimeSource.system();

    FakeHathoraBuilder(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    /**
     * Sets who may ask; by default {@code app-1} with {@code fake-token}.
     *
     * @param app the application
     * @param secret its token
     * @return this
     */
    public FakeHathoraBuilder app(String app, String secret) {
        appId = app;
        token = secret;
        return this;
    }

    /**
     * Sets where to listen, on the loopback interface; by default on any free port.
     *
     * @param value the port
     * @return this
     */
    public FakeHathoraBuilder port(int value) {
        port = value;
        return this;
    }

    /**
     * Sets how many rooms share a process; by default ten.
     *
     * @param value one or more
     * @return this
     */
    public FakeHathoraBuilder roomsPerProcess(int value) {
        roomsPerProcess = value;
        return this;
    }

    /**
     * Sets what pranks and latencies are drawn from, so that a run can be had again as far as the order of requests allows.
     *
     * @param value any number
     * @return this
     */
    public FakeHathoraBuilder seed(long value) {
        seed = value;
        return this;
    }

    /**
     * Sets the clock that latencies are measured on; by default the machine's.
     *
     * @param value the clock
     * @return this
     */
    public FakeHathoraBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Starts it.
     *
     * @return to be closed by the caller
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public FakeHathora start() {
        return FakeHathora.start(this);
    }
}
