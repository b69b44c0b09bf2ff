package io.roomrouting.examples.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplatesTest {

    private final PathTemplates templates =
            new PathTemplates(List.of("/api/rooms", "/api/rooms/{roomId}", "/api/rooms/{roomId}/token"));

    @ParameterizedTest
    @CsvSource({
        "/api/rooms, /api/rooms",
        "/api/rooms/r1, /api/rooms/{roomId}",
        "/api/rooms/, /api/rooms/{roomId}",
        "/api/rooms/r1/token, /api/rooms/{roomId}/token",
        "/api/rooms/r1/tokens, other",
        "/api, other",
        "/, other"
    })
    void whatVariesIsNotCountedApart(String path, String template) {
        assertThat(templates.of(path)).isEqualTo(template);
    }
}
