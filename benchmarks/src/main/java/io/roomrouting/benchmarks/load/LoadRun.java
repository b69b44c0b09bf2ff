package io.roomrouting.benchmarks.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All clients of one workload on one thread: connects them, lets them talk, and counts. */
final class LoadRun implements LoadClient.Receiver, AutoCloseable {

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(30);

    private final Workload workload;
    private final Selector selector;
    private final List<LoadClient> clients = new ArrayList<>();
    private final List<LoadClient> senders = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private long deliveries;
    private long sent;
    private long pacedFrom;

    LoadRun(Workload workload) throws IOException {
        this.workload = workload;
        this.selector = Selector.open();
    }

    /** Connects everybody; the first client of each room is its sender. */
    void connect(LoadServers.Running server) throws IOException {
        for (int room = 0; room < workload.rooms(); room++) {
            for (int i = 0; i < workload.clientsPerRoom(); i++) {
                LoadClient client = server.connect("room-" + room, "user-" + i, i == 0, selector);
                clients.add(client);
                if (i == 0) {
                    senders.add(client);
                }
            }
        }
        long end = System.nanoTime() + CONNECT_PATIENCE.toNanos();
        while (!clients.stream().allMatch(LoadClient::isIn)) {
            if (System.nanoTime() > end) {
                throw new IOException("not all clients were let in within " + CONNECT_PATIENCE);
            }
            poll(10);
        }
    }

    /** Lets them talk for a while; may be called again to go on. */
    Result talk(Duration duration, LoadServers.Running server) throws IOException {
        if (workload.outstanding() > 0 && sent == 0) {
            for (LoadClient sender : senders) {
                for (int i = 0; i < workload.outstanding(); i++) {
                    send(sender);
                }
            }
        }
        latencies.clear();
        deliveries = 0;
        pacedFrom = System.nanoTime();
        long sentBefore = sent;
        Duration cpuBefore = server.cpu();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        for (long now = start; now < end; now = System.nanoTime()) {
            poll(pace(now, sentBefore));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMicros = server.cpu().minus(cpuBefore).toNanos() / 1e3;
        return new Result(
                deliveries / seconds,
                cpuMicros / deliveries,
                latencies.percentile(0.5),
                latencies.percentile(0.99),
                latencies.percentile(0.999));
    }

    /** Sends what is due at a fixed rate; returns for how many milliseconds nothing is. */
    private int pace(long now, long sentBefore) throws IOException {
        if (workload.messagesPerSecond() == 0) {
            return 10;
        }
        long due = (long) ((now - pacedFrom) / 1e9 * workload.messagesPerSecond());
        while (sent - sentBefore < due) {
            send(senders.get((int) (sent % senders.size())));
        }
        return 1;
    }

    private void send(LoadClient sender) throws IOException {
        sender.send(System.nanoTime());
        sent++;
    }

    private void poll(int millis) throws IOException {
        selector.select(millis);
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof LoadClient client) {
                client.read(this);
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void received(LoadClient client, long sentAt) throws IOException {
        deliveries++;
        latencies.add(System.nanoTime() - sentAt);
        if (workload.outstanding() > 0 && client.isSender()) {
            send(client);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /**
     * What was measured.
     *
     * @param deliveriesPerSecond messages that reached a client, per second
     * @param cpuMicros the server's processor time per delivery
     * @param p50 latency in milliseconds
     * @param p99 latency in milliseconds
     * @param p999 latency in milliseconds
     */
    record Result(double deliveriesPerSecond, double cpuMicros, double p50, double p99, double p999) {}
}
