package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jetty refuses by itself. */
class ProblemErrorHandlerTest {

    @ParameterizedTest
    @ValueSource(strings = {"/%00", "/a%00b", "/%2e%2e", "/..%2fb", "/%ff", "/%zz"})
    void whoIsRefusedIsToldThatTheConnectionEndsAndItDoes(String path) {
        try (HttpFixture http = HttpFixture.serving(new UnknownPathHandler())) {
            String all = http.raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");

            assertThat(all).startsWith("HTTP/1.1 400 ").contains("Connection: close", "\"code\":\"INVALID_REQUEST\"");
        }
    }
}
