package io.roomrouting.hathora;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.HostId;
import io.roomrouting.RoutingException;
import io.roomrouting.session.ProbedHost;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.HostProber;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import io.roomrouting.testkit.hathora.ProcessLauncher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Session hosts of this process that pass for processes at Hathora, and a prober that reaches them without a network. */
final class InProcessHosts implements ProcessLauncher, HostProber, AutoCloseable {

    private final Map<HostAddress, Host> hosts = new ConcurrentHashMap<>();
    private final Set<HostAddress> unreachable = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ports = new AtomicInteger(20_000);

    /** Whether a launched host serves at once; otherwise a test lets it. */
    volatile boolean listensAtOnce = true;

    /** One host. */
    record Host(
            HostAddress address,
            ProbedHost probes,
            SessionHost host,
            CompletableFuture<HostAddress> listening,
            CompletableFuture<Void> ended) {

        void die() {
            host.close();
            ended.complete(null);
        }
    }

    @Override
    public LaunchedProcess launch(ProcessOrder order) {
        HostAddress address = new HostAddress("127.0.0.1", ports.incrementAndGet(), false);
        ProbedHost probes = new ProbedHost();
        SessionHost started = SessionHost.builder()
                .id(HostId.of(order.processId()))
                .address(address)
                .probed(probes)
                .rooms(room -> new RoomHandler() {})
                .start();
        Host host = new Host(address, probes, started, new CompletableFuture<>(), new CompletableFuture<>());
        hosts.put(address, host);
        if (listensAtOnce) {
            host.listening().complete(address);
        }
        return new LaunchedProcess(host.listening(), host.ended(), host::die);
    }

    void letAllListen() {
        hosts.values().forEach(host -> host.listening().complete(host.address()));
    }

    Host at(HostAddress address) {
        Host host = hosts.get(address);
        if (host == null) {
            throw new AssertionError("there is no host at " + address);
        }
        return host;
    }

    List<Host> all() {
        return List.copyOf(hosts.values());
    }

    /** From now on nobody answers there, and the provider does not notice. */
    void cutOff(HostAddress address) {
        unreachable.add(address);
    }

    @Override
    public ProbeReply probe(HostAddress address, ProbeRequest request, Duration timeout) {
        Host host = hosts.get(address);
        if (host == null || host.ended().isDone() || unreachable.contains(address)) {
            throw RoutingException.unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, "no answer", Duration.ofSeconds(1));
        }
        return host.probes().onProbe(request);
    }

    @Override
    public void close() {
        hosts.values().forEach(Host::die);
    }
}
