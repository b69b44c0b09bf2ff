package io.roomrouting.scheduling;

import io.roomrouting.HostSnapshot;
import io.roomrouting.scheduling.PlacementDecision.Rejection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Decisions among some of the hosts, which still say why each of the others was passed over. */
final class Narrowed {

    private Narrowed() {}

    /** The same choice under another name, with more hosts that were passed over. */
    static PlacementDecision decision(String name, PlacementDecision made, Supplier<List<Rejection>> passedOver) {
        return new PlacementDecision(
                name,
                made.chosen(),
                made::scores,
                () -> Stream.concat(made.rejected().stream(), passedOver.get().stream())
                        .toList());
    }

    static List<Rejection> rejections(List<HostSnapshot> hosts, Function<HostSnapshot, String> reason) {
        return hosts.stream()
                .map(host -> new Rejection(host.host().host(), reason.apply(host)))
                .toList();
    }
}
