package io.roomrouting.examples.admin;

import io.roomrouting.examples.http.Refusal;
import io.roomrouting.examples.http.RefusalStyle;
import java.util.Map;
import java.util.Optional;

/** Tells errors as the admin interface does, with {@code data.message}. */
enum AdminRefusals implements RefusalStyle {
    INSTANCE;

    @Override
    public Optional<Refusal> explain(RuntimeException failure) {
        return Optional.empty();
    }

    @Override
    public Map<String, Object> envelope(Refusal refusal) {
        return Map.of("data", Map.of("message", refusal.message()));
    }
}
