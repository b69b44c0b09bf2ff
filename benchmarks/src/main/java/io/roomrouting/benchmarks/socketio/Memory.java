package io.roomrouting.benchmarks.socketio;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** What a process holds. */
final class Memory {

    private static final int KIB = 1024;

    private Memory() {}

    /** Used heap and direct buffers in KiB, after full collections. */
    static long usedKib() {
        System.gc();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return (heap + direct) / KIB;
    }
}
