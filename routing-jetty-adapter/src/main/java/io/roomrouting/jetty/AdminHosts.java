package io.roomrouting.jetty;

import io.roomrouting.HostRegistry;
import io.roomrouting.HostSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Shows the hosts of a registry. */
final class AdminHosts {

    private final HostRegistry registry;
    private final BlockingCalls blockingCalls;

    AdminHosts(HostRegistry registry, BlockingCalls blockingCalls) {
        this.registry = registry;
        this.blockingCalls = blockingCalls;
    }

    void addTo(AdminPaths paths) {
        paths.add("hosts", Methods.GET, exchange -> {
            AdminSlice slice = AdminSlice.of(exchange.request());
            if (registry.mayBlock()) {
                blockingCalls.run(exchange, () -> list(exchange, slice));
            } else {
                list(exchange, slice);
            }
        });
    }

    private void list(Exchange exchange, AdminSlice slice) {
        Function<HostSnapshot, String> name = host -> host.host().toString();
        List<HostSnapshot> hosts =
                registry.list().stream().sorted(Comparator.comparing(name)).toList();
        AdminJson.answer(exchange, slice.write("hosts", hosts, name, AdminJson::host));
    }
}
