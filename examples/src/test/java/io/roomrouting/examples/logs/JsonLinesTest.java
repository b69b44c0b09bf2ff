package io.roomrouting.examples.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private final LoggerContext context = new LoggerContext();
    private final JsonLines lines = new JsonLines();

    @Test
    void tellsEverythingInOneObject() throws Exception {
        JsonNode told = read(event("Room {} opened", new Object[] {"r1"}, null, Map.of("correlationId", "look-up.1")));

        List<String> fields = new ArrayList<>();
        told.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactly("timestamp", "level", "logger", "thread", "message", "mdc");
        assertThat(told.path("timestamp").textValue()).isEqualTo("2026-11-22T01:02:03.040Z");
        assertThat(told.path("level").textValue()).isEqualTo("INFO");
        assertThat(told.path("logger").textValue()).isEqualTo("io.roomrouting.Some");
        assertThat(told.path("message").textValue()).isEqualTo("Room r1 opened");
        assertThat(told.path("mdc").path("correlationId").textValue()).isEqualTo("look-up.1");
    }

    @Test
    void aStackTraceIsOneField() throws Exception {
        JsonNode told = read(event(
                "It failed",
                new Object[0],
                new IllegalStateException("outer", new RuntimeException("inner")),
                Map.of()));

        assertThat(told.path("stackTrace").textValue())
                .contains("IllegalStateException: outer", "Caused by: java.lang.RuntimeException: inner", "\tat ");
        assertThat(told.has("mdc")).isFalse();
    }

    @Test
    void whateverStrangersAreCalledItStaysOneLineOfJson() throws Exception {
        String name = "\"}\n{\"level\":\"ERROR\"} \u2028 \u0000 ü \ud83d\ude42 half \ud83d";

        JsonNode told = read(event("{} joined", new Object[] {name}, null, Map.of()));

        assertThat(told.path("message").textValue()).isEqualTo(name.replace("half \ud83d", "half ?") + " joined");
    }

    private LoggingEvent event(
            String message, Object[] arguments, @Nullable Throwable thrown, Map<String, String> mdc) {
        LoggingEvent event = new LoggingEvent(
                JsonLinesTest.class.getName(),
                context.getLogger("io.roomrouting.Some"),
                Level.INFO,
                message,
                thrown,
                arguments);
        event.setMDCPropertyMap(mdc);
        event.setInstant(Instant.parse("2026-11-22T01:02:03.040Z"));
        return event;
    }

    private JsonNode read(LoggingEvent event) throws Exception {
        String line = new String(lines.encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n");
        assertThat(line.strip().lines()).hasSize(1);
        return new ObjectMapper().readTree(line);
    }
}
