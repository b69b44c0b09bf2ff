package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.RoutingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the log holds, and what it never does. */
class ServerLogTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void holdsAFaultOnceWithItsStackTraceAndNoSecret() {
        String bearer = logging(() -> {
            try (ApiFixture broken = ApiFixture.withRouter(router -> router.scheduler(request -> {
                throw new IllegalStateException("the scheduler broke");
            }))) {
                String credentials = broken.bearer("eve");
                broken.http.post("/api/rooms?token=query-secret", "", "Authorization", credentials);
                return credentials;
            }
        });

        assertThat(text().lines().filter(line -> line.contains("the scheduler broke")))
                .hasSize(1);
        assertThat(text()).contains("POST /api/rooms failed", "\tat io.roomrouting");
        assertThat(text()).doesNotContain(bearer.substring("Bearer ".length()), "query-secret");
    }

    @Test
    void holdsNothingOfWhatClientsGetWrong() {
        logging(() -> {
            try (ApiFixture api = ApiFixture.withRouter(router -> router.authorizer((who, action, room) -> {
                throw RoutingException.forbidden("no");
            }))) {
                api.http.post("/api/login", "{nonsense");
                api.http.post("/api/login", " ".repeat(100_000));
                api.http.post("/api/rooms", "", "Authorization", "Bearer forged");
                api.http.post("/api/rooms", "", "Authorization", api.bearer("eve"));
                api.http.raw("nonsense\r\n\r\n");
                return "";
            }
        });

        assertThat(text()).doesNotContain("WARN", "ERROR", "forged", "\tat ");
    }

    @Test
    void holdsOneLineForAServerThatListens() {
        int port = logging(() -> {
            try (HttpFixture server = HttpFixture.serving(new UnknownPathHandler())) {
                return server.port();
            }
        });

        assertThat(text().lines().filter(line -> line.contains("Listening on")))
                .singleElement()
                .asString()
                .endsWith("Listening on 127.0.0.1:" + port);
    }

    private <T> T logging(Supplier<T> action) {
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            return action.get();
        } finally {
            System.setErr(before);
        }
    }

    private String text() {
        return log.toString(StandardCharsets.UTF_8);
    }
}
