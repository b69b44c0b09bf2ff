package io.roomrouting.examples.chatserver;

import io.roomrouting.ErrorCode;
import io.roomrouting.examples.http.Refusal;
import io.roomrouting.examples.http.RefusalStyle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Tells errors as clients of the chat server read them, in {@code data}; there is no port where there is no room. */
enum ChatServerRefusals implements RefusalStyle {
    INSTANCE;

    private static final int NO_PORT = 0;

    @Override
    public Optional<Refusal> explain(RuntimeException failure) {
        return Optional.empty();
    }

    @Override
    public Map<String, Object> envelope(Refusal refusal) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
            data.put("port", NO_PORT);
        }
        data.put("message", message(refusal));
        return Map.of("data", data);
    }

    private static String message(Refusal refusal) {
        return refusal.code().equals(ErrorCode.NO_CAPACITY) ? "No more rooms can be created" : refusal.message();
    }
}
