package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.KeptRoom.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rooms as files of a local directory, which the processes of one machine may share.
 *
 * <p>It needs a local file system: locks and replacing a file in one step are not to be relied on over a network. Each room
 * has one file, written beside and then put in its place, down to the disk; a process that is killed at any moment loses
 * at most the save that was under way. A file that is damaged is logged with its name and answered with
 * {@link ErrorCode#REGISTRY_UNAVAILABLE} until somebody restores or removes it; it is never taken for an empty room.
 *
 * <p>A deleted room leaves a small file as its fence. Those older than a day are removed when a store is opened, and by
 * {@link #prune}; from then on every epoch up to the newest of them is fenced for all rooms that have no file.
 *
 * <p>Nothing to close. Thread-safe; every call blocks on the disk and on other owners of a lock.
 */
public final class DirectoryStateStore implements RoomStateStore {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStateStore.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration KEEP_FENCES = Duration.ofDays(1);
    private static final Duration KEEP_TEMPORARY = Duration.ofHours(1);

    private final Path rooms;
    private final DirectoryLocks locks;
    private final OldFences fences;

    /**
     * Opens a directory, makes it if it is not there, and removes what is left over in it.
     *
     * @param directory on a local file system; for nothing else
     * @throws UncheckedIOException if the directory cannot be made, read or written
     */
    public DirectoryStateStore(Path directory) {
        try {
            rooms = Files.createDirectories(directory.resolve("rooms"));
            locks = new DirectoryLocks(Files.createDirectories(directory.resolve("locks")));
            fences = new OldFences(rooms, directory.resolve("floor"), locks);
            removeTemporaries();
            fences.prune(Set.of(Stage.CLOSED), KEEP_FENCES);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory of room states cannot be used: " + directory, e);
        }
    }

    @Override
    public Loaded load(RoomId room, Epoch epoch) {
        return locked(room, file -> {
            KeptRoom known = known(file);
            if (known.fences(epoch)) {
                return new Loaded.Fenced();
            }
            StateFile.write(file, known.loaded(epoch));
            return known.content();
        });
    }

    @Override
    public boolean save(RoomId room, Epoch epoch, long version, byte[] state) {
        RoomStateStore.checkSize(state);
        return locked(room, file -> {
            KeptRoom known = known(file);
            if (known.fences(epoch)) {
                return false;
            }
            if (!known.hasOvertaken(epoch, version)) {
                StateFile.write(file, known.saved(epoch, version, state));
            }
            return true;
        });
    }

    @Override
    public boolean delete(RoomId room, Epoch epoch) {
        return locked(room, file -> {
            KeptRoom known = known(file);
            if (known.fences(epoch)) {
                return false;
            }
            StateFile.write(file, known.deleted(epoch));
            return true;
        });
    }

    /**
     * Removes the fences of rooms that were deleted, or opened and never saved, longer ago than this. A room that is still
     * open and has saved nothing for so long loses the right to save: be generous.
     *
     * @param olderThan how long ago, by the files' times
     * @return how many were removed
     * @throws RoutingException.Unavailable if the directory is out of reach
     */
    public int prune(Duration olderThan) {
        try {
            return fences.prune(Set.of(Stage.CLOSED, Stage.OPENED), olderThan);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private void removeTemporaries() throws IOException {
        Instant before = TimeSource.system().now().minus(KEEP_TEMPORARY);
        for (Path file : StateFile.list(rooms, StateFile.TEMPORARY)) {
            try {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                LOG.debug("Another process removed {} first", file, e);
            }
        }
    }

    @FunctionalInterface
    private interface RoomWork<T> {
        T run(Path file) throws IOException;
    }

    private <T> T locked(RoomId room, RoomWork<T> work) {
        String name = StateFile.nameOf(room);
        try {
            return locks.withRoom(name, () -> work.run(rooms.resolve(name)));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static RoutingException unavailable(IOException e) {
        LOG.error("The directory of room states failed: {}", e.toString());
        return RoutingException.unavailable(
                ErrorCode.REGISTRY_UNAVAILABLE, "the store of room states is out of order", RETRY, e);
    }

    private KeptRoom known(Path file) throws IOException {
        Optional<KeptRoom> kept = StateFile.read(file);
        return kept.isPresent() ? kept.get() : KeptRoom.unknown(fences.floor());
    }
}
