package io.roomrouting.examples.calls;

import io.roomrouting.TimeSource;
import io.roomrouting.UserId;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A room without a room: who is there, and what was sent to whom. */
final class FakeLines implements CallLines {

    private final ManualTime time = ManualTime.create();
    private final Map<Device, Boolean> devices = new LinkedHashMap<>();
    private final Map<Device, Deque<CallEvent>> sent = new LinkedHashMap<>();
    private final List<TimeSource.Cancellable> timers = new ArrayList<>();

    /** How many timers have been set and neither ran nor were cancelled. */
    int timers() {
        return timers.size();
    }

    /** As after a move to another host: nobody is connected, and nothing is going to happen. */
    void move() {
        List.copyOf(timers).forEach(TimeSource.Cancellable::cancel);
        devices.replaceAll((device, connected) -> false);
    }

    void come(Device device) {
        devices.put(device, true);
    }

    void connected(Device device, boolean value) {
        devices.put(device, value);
    }

    void go(Device device) {
        devices.remove(device);
    }

    void advance(Duration duration) {
        time.advance(duration);
    }

    /** What a device was told and nobody has looked at; nothing of it is left here. */
    List<CallEvent> take(Device device) {
        List<CallEvent> all = new ArrayList<>(sent.getOrDefault(device, new ArrayDeque<>()));
        sent.remove(device);
        return all;
    }

    @Override
    public List<Device> devicesOf(UserId user) {
        return devices.keySet().stream()
                .filter(device -> device.user().equals(user))
                .toList();
    }

    @Override
    public boolean isConnected(Device device) {
        return devices.getOrDefault(device, false);
    }

    @Override
    public void send(Device to, CallEvent event) {
        if (devices.containsKey(to)) {
            sent.computeIfAbsent(to, none -> new ArrayDeque<>()).add(event);
        }
    }

    @Override
    public TimeSource.Cancellable schedule(Duration delay, Runnable task) {
        Timer timer = new Timer(task);
        timer.underlying = time.schedule(delay, timer::run);
        timers.add(timer);
        return timer;
    }

    /** Counted until it runs or is cancelled. */
    private final class Timer implements TimeSource.Cancellable {

        private final Runnable task;
        private TimeSource.Cancellable underlying = () -> {};

        Timer(Runnable task) {
            this.task = task;
        }

        void run() {
            timers.remove(this);
            task.run();
        }

        @Override
        public void cancel() {
            timers.remove(this);
            underlying.cancel();
        }
    }

    @Override
    public Instant now() {
        return time.now();
    }
}
