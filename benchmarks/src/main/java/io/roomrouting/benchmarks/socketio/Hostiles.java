package io.roomrouting.benchmarks.socketio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that attack a server, each with choices of its own, until they are stopped. */
final class Hostiles implements AutoCloseable {

    private static final int THREADS = 8;

    private final int port;
    private final List<Attack> attacks = Attack.all();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private final Map<Attack, String> unexpected = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Hostiles(int port, long seed) {
        this.port = port;
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> attack(random), "hostile-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** How many attacks there have been. */
    long done() {
        return done.get();
    }

    /** What went wrong in the attackers themselves, which shows nothing about a server. */
    Map<Attack, String> unexpected() {
        return Map.copyOf(unexpected);
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void attack(Random random) {
        while (!stopping) {
            Attack attack = attacks.get(random.nextInt(attacks.size()));
            try (HostileSocket socket = new HostileSocket(port)) {
                attack.run(socket, random);
                socket.end(random.nextBoolean());
            } catch (IOException endedByServer) {
                // The answer that most of them deserve.
                done.incrementAndGet();
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException fault) {
                unexpected.put(attack, String.valueOf(fault));
            }
            done.incrementAndGet();
        }
    }
}
