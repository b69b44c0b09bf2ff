package io.roomrouting.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
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
                FileLock lock = lock(channel, name)) {
            return work.run();
        } finally {
            withinProcess.unlock();
        }
    }

    /**
     * Asks again and again instead of waiting: the system's own waiting takes two processes for deadlocked when one thread of
     * each waits for another thread of the other.
     */
    private static FileLock lock(FileChannel channel, String name) throws IOException {
        long start = System.nanoTime();
        FileLock lock = channel.tryLock();
        while (lock == null) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while it waited for the lock " + name);
            }
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IOException("another process keeps the lock " + name + " for longer than " + PATIENCE);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            lock = channel.tryLock();
        }
        return lock;
    }
}
