package io.roomrouting.examples.docs;

import io.micrometer.core.instrument.MeterRegistry;
import io.roomrouting.HostAddress;
import io.roomrouting.InMemoryRegistry;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.micrometer.RoomMetrics;
import io.roomrouting.session.SessionHost;

/** How a host is measured. */
final class MetricsSnippet {

    private MetricsSnippet() {}

    static SessionHost start(HostAddress address, InMemoryRegistry rooms, MeterRegistry registry) {
        // tag::metrics[]
        RoomMetrics metrics = RoomMetrics.in(registry);

        SessionHost host = SessionHost.builder()
                .address(address)
                .registry(rooms)
                .rooms(ChatRoom::new)
                .listener(metrics.sessions())
                .start();
        metrics.watch(host);
        // end::metrics[]
        return host;
    }
}
