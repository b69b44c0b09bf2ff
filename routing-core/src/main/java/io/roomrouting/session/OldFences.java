package io.roomrouting.session;

import io.roomrouting.TimeSource;
import io.roomrouting.session.KeptRoom.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the files of rooms that are long gone by one number, the floor. */
final class OldFences {

    private static final Logger LOG = LoggerFactory.getLogger(OldFences.class);

    private final Path rooms;
    private final Path floorFile;
    private final DirectoryLocks locks;

    OldFences(Path rooms, Path floorFile, DirectoryLocks locks) {
        this.rooms = rooms;
        this.floorFile = floorFile;
        this.locks = locks;
    }

    /** Up to which epoch rooms without a file are fenced. Under a lock: a file goes after the floor was raised. */
    long floor() throws IOException {
        try {
            byte[] content = Files.readAllBytes(floorFile);
            if (content.length != Long.BYTES) {
                throw new StateFile.Damaged(floorFile, "it has " + content.length + " bytes");
            }
            return ByteBuffer.wrap(content).getLong();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    int prune(Set<Stage> stages, Duration olderThan) throws IOException {
        Instant before = TimeSource.system().now().minus(olderThan);
        return locks.withPruning(() -> {
            List<Path> old = new ArrayList<>();
            long newest = 0;
            for (Path file : StateFile.list(rooms, StateFile.SUFFIX)) {
                Optional<KeptRoom> fence = oldFence(file, stages, before);
                if (fence.isPresent()) {
                    old.add(file);
                    newest = Math.max(newest, fence.get().newest());
                }
            }
            if (newest > floor()) {
                StateFile.replace(floorFile, ByteBuffer.allocate(Long.BYTES).putLong(0, newest));
            }
            int removed = 0;
            for (Path file : old) {
                removed += remove(file, stages, before) ? 1 : 0;
            }
            return removed;
        });
    }

    private boolean remove(Path file, Set<Stage> stages, Instant before) throws IOException {
        return locks.withRoom(file.getFileName().toString(), () -> {
            Optional<KeptRoom> fence = oldFence(file, stages, before);
            return fence.isPresent() && fence.get().newest() <= floor() && Files.deleteIfExists(file);
        });
    }

    /** The file's room if it is a fence that is old enough. A state with content is longer and need not be read. */
    private static Optional<KeptRoom> oldFence(Path file, Set<Stage> stages, Instant before) throws IOException {
        try {
            if (Files.size(file) > StateFile.HEADER
                    || Files.getLastModifiedTime(file).toInstant().isAfter(before)) {
                return Optional.empty();
            }
            return StateFile.read(file).filter(kept -> stages.contains(kept.stage()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (StateFile.Damaged e) {
            LOG.error("Not pruned: {}", e.toString());
            return Optional.empty();
        }
    }
}
