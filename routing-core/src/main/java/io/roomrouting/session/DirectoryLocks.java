package io.roomrouting.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Keeps the threads of this process and of others apart that work on one directory.
 *
 * <p>A lock on a file belongs to the process, and closing any channel of the file gives it up. Therefore a lock of the
 * process comes first, and the channel is opened and closed under it, also where several stores use one directory.
 */
final class DirectoryLocks {

    private static final int STRIPES = 64;
    private static final ReentrantLock[] WITHIN_PROCESS =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);
    private static final ReentrantLock PRUNING = new ReentrantLock();

    private final Path directory;

    /** What is done under a lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** The directory must exist. */
    DirectoryLocks(Path directory) {
        this.directory = directory;
    }

    /** Works on one room's file. */
    <T> T withRoom(String name, Work<T> work) throws IOException {
        int stripe = Math.floorMod(name.hashCode(), STRIPES);
        return locked(WITHIN_PROCESS[stripe], "rooms-" + stripe, work);
    }

    /** Prunes, which locks rooms one by one; who holds a room's lock never prunes. */
    <T> T withPruning(Work<T> work) throws IOException {
        return locked(PRUNING, "pruning", work);
    }

    private <T> T locked(ReentrantLock withinProcess, String name, Work<T> work) throws IOException {
        withinProcess.lock();
        try (FileChannel channel = FileChannel.open(
                        directory.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            return work.run();
        } finally {
            withinProcess.unlock();
        }
    }
}
