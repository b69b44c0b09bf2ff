package io.roomrouting.examples.loadbalancer;

import io.roomrouting.examples.http.Refusal;
import io.roomrouting.examples.http.RefusalStyle;
import java.util.Map;
import java.util.Optional;

/** Tells errors as clients of a balancer read them: {@code status} is the word {@code error}, and {@code message} says why. */
enum BalancerRefusals implements RefusalStyle {
    INSTANCE;

    @Override
    public Optional<Refusal> explain(RuntimeException failure) {
        return Optional.empty();
    }

    @Override
    public Map<String, Object> envelope(Refusal refusal) {
        return Map.of("status", "error", "message", refusal.message());
    }
}
