package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeySetHandlerTest {

    @Test
    void publishesTheKeysAsTheyNowAre() {
        String[] keys = {"{\"keys\":[]}"};
        try (HttpFixture server = HttpFixture.serving(new KeySetHandler(() -> keys[0]), new UnknownPathHandler())) {
            var before = server.get("/.well-known/jwks.json");
            keys[0] = "{\"keys\":[{\"kid\":\"1\"}]}";
            var after = server.get("/.well-known/jwks.json");

            assertThat(before.body()).isEqualTo("{\"keys\":[]}");
            assertThat(after.body()).isEqualTo(keys[0]);
            assertThat(header(after, "content-type")).isEqualTo("application/jwk-set+json");
            assertThat(header(after, "cache-control")).isEqualTo("public, max-age=300");
            assertProblem(server.post("/.well-known/jwks.json", "{}"), 405, "INVALID_REQUEST");
        }
    }
}
