package io.roomrouting.testkit.hathora;

import io.roomrouting.HostAddress;
import io.roomrouting.testkit.hathora.ProcessLauncher.LaunchedProcess;
import io.roomrouting.testkit.hathora.ProcessLauncher.ProcessOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rooms there are, and which processes run them. Thread-safe. */
final class RoomBook {

    private static final int MAX_ROOMS = 100_000;

    private final String appId;
    private final ProcessLauncher launcher;
    private final int roomsPerProcess;
    private final Map<String, Room> rooms = new HashMap<>();
    private final List<Running> processes = new ArrayList<>();
    private int launched;
    private boolean closed;

    /** A process, whether it lives or not. */
    private record Running(String id, String region, LaunchedProcess process, Set<String> rooms) {

        boolean isAlive() {
            return !process.ended().isDone();
        }

        Optional<HostAddress> address() {
            boolean listens =
                    process.listening().isDone() && !process.listening().isCompletedExceptionally();
            return listens ? Optional.of(process.listening().join()) : Optional.empty();
        }
    }

    private static final class Room {
        private final String region;
        private final String config;
        private final Set<String> left = new HashSet<>();
        private @Nullable Running process;

        Room(String region, String config) {
            this.region = region;
            this.config = config;
        }

        Optional<Running> place() {
            return Optional.ofNullable(process).filter(Running::isAlive);
        }
    }

    /**
     * What is told of a room.
     *
     * @param process the process it is on
     * @param address where that listens; empty while it starts
     * @param config the room's text, as it stood in the JSON of its creation
     */
    record Entry(String process, Optional<HostAddress> address, String config) {}

    RoomBook(String appId, ProcessLauncher launcher, int roomsPerProcess) {
        this.appId = appId;
        this.launcher = launcher;
        this.roomsPerProcess = roomsPerProcess;
    }

    /** Makes a room unless it is there; empty if there is no space for one more. */
    synchronized Optional<Entry> create(String id, String region, String config) {
        Room room = rooms.get(id);
        if (room == null && rooms.size() >= MAX_ROOMS) {
            return Optional.empty();
        }
        if (room == null) {
            room = new Room(region, config);
            rooms.put(id, room);
        }
        if (room.place().isEmpty()) {
            put(id, room);
        }
        return find(id);
    }

    /** Puts a room that has lost its process on another one; false if there is no such room. */
    synchronized boolean resume(String id) {
        Room room = rooms.get(id);
        if (room == null || room.process == null) {
            return false;
        }
        if (room.place().isEmpty()) {
            put(id, room);
        }
        return true;
    }

    synchronized boolean destroy(String id) {
        Room room = rooms.get(id);
        if (room == null || room.process == null) {
            return false;
        }
        room.left.add(room.process.id());
        room.process.rooms().remove(id);
        room.process = null;
        return true;
    }

    /** Returns a room that has a living process. */
    synchronized Optional<Entry> find(String id) {
        Room room = rooms.get(id);
        return room == null
                ? Optional.empty()
                : room.place().map(place -> new Entry(place.id(), place.address(), room.config));
    }

    synchronized boolean hasExisted(String id) {
        return rooms.containsKey(id);
    }

    synchronized Set<String> ids() {
        return Set.copyOf(rooms.keySet());
    }

    synchronized int launched() {
        return launched;
    }

    private void put(String id, Room room) {
        Running place = processes.stream()
                .filter(running -> running.isAlive()
                        && running.region().equals(room.region)
                        && running.rooms().size() < roomsPerProcess
                        && !room.left.contains(running.id()))
                .findFirst()
                .orElseGet(() -> launch(room.region));
        place.rooms().add(id);
        room.process = place;
    }

    private Running launch(String region) {
        if (closed) {
            throw new IllegalStateException("the fake is closed");
        }
        launched++;
        String id = "process-" + launched;
        Running running =
                new Running(id, region, launcher.launch(new ProcessOrder(id, appId, region)), new HashSet<>());
        processes.removeIf(old -> !old.isAlive());
        processes.add(running);
        return running;
    }

    /** Ends all processes. */
    synchronized void close() {
        closed = true;
        processes.forEach(running -> running.process().stop().run());
    }
}
