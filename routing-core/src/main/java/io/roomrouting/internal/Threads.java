package io.roomrouting.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads for work that waits: virtual ones where the JDK has them (21 and newer), otherwise pooled daemon threads.
 *
 * <p>This library is compiled for Java 17, so the newer methods are looked up by name, once.
 */
public final class Threads {

    private static final Optional<VirtualThreads> VIRTUAL = VirtualThreads.find();

    private Threads() {}

    /**
     * Returns an executor that gives every running task a thread of its own. It does not bound how many run at once:
     * that is for the caller to do.
     *
     * @param name what its threads are called, with a number behind it; never part of them: secrets, tokens
     * @return the executor; it need not be shut down: a thread without work ends within a minute, and none keeps the process
     *     alive
     */
    public static ExecutorService blocking(String name) {
        return VIRTUAL.map(threads -> threads.executor(name))
                .orElseGet(() -> Executors.newCachedThreadPool(daemons(name)));
    }

    /**
     * Says whether {@link #blocking} uses virtual threads.
     *
     * @return true on Java 21 and newer
     */
    public static boolean areVirtual() {
        return VIRTUAL.isPresent();
    }

    private static ThreadFactory daemons(String name) {
        AtomicLong count = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The methods of Java 21 that make virtual threads. */
    private record VirtualThreads(
            MethodHandle ofVirtual, MethodHandle name, MethodHandle factory, MethodHandle perTaskExecutor) {

        static Optional<VirtualThreads> find() {
            if (Runtime.version().feature() < 21) {
                return Optional.empty();
            }
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
                return Optional.of(new VirtualThreads(
                        lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder)),
                        lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class)),
                        lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class)),
                        lookup.findStatic(
                                Executors.class,
                                "newThreadPerTaskExecutor",
                                MethodType.methodType(ExecutorService.class, ThreadFactory.class))));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        ExecutorService executor(String prefix) {
            try {
                Object named = name.invoke(ofVirtual.invoke(), prefix + "-", 0L);
                return (ExecutorService) perTaskExecutor.invoke((ThreadFactory) factory.invoke(named));
            } catch (Throwable e) {
                throw new IllegalStateException("Virtual threads cannot be made", e);
            }
        }
    }
}
