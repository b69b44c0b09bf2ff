package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.TimeSource;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorsHandlerTest {

    private static final String FRIEND = "https://chat.example.com";
    private static final String STRANGER = "https://evil.example.com";

    private HttpFixture server;

    @BeforeAll
    static void letTheClientSendAnOrigin() {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin,connection,host");
    }

    @BeforeEach
    void start() {
        server = serving(AllowedOrigins.of(FRIEND));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aListedPageMayReadAnswersAndUseCredentials() {
        var answer = server.get("/health", "Origin", FRIEND);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(FRIEND);
        assertThat(header(answer, "access-control-allow-credentials")).isEqualTo("true");
        assertThat(header(answer, "access-control-expose-headers")).contains("Retry-After");
        assertThat(header(answer, "vary")).isEqualTo("Origin");
    }

    @Test
    void aListedPageMayReadRefusalsToo() {
        var answer = server.get("/nowhere", "Origin", FRIEND);

        assertProblem(answer, 404, "INVALID_REQUEST");
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(FRIEND);
    }

    @Test
    void aForeignPageMayReadNothing() {
        var answer = server.get("/health", "Origin", STRANGER);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertNoPermission(answer.headers().map().keySet());
        assertThat(header(answer, "vary")).isEqualTo("Origin");
    }

    @Test
    void withoutAListNobodyMayAndCachesNeedNotKnow() {
        try (HttpFixture closed = serving(AllowedOrigins.none())) {
            var answer = closed.get("/health", "Origin", FRIEND);

            assertNoPermission(answer.headers().map().keySet());
            assertThat(header(answer, "vary")).isEmpty();
        }
    }

    @Test
    void thePreflightOfAListedPageIsAnswered() {
        var answer = preflight(FRIEND);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(FRIEND);
        assertThat(header(answer, "access-control-allow-credentials")).isEqualTo("true");
        assertThat(header(answer, "access-control-allow-methods")).contains("POST");
        assertThat(header(answer, "access-control-allow-headers")).contains("Authorization", "Content-Type");
        assertThat(header(answer, "access-control-max-age")).isEqualTo("3600");
    }

    @Test
    void thePreflightOfAForeignPageIsRefused() {
        var answer = preflight(STRANGER);

        assertProblem(answer, 403, "FORBIDDEN");
        assertNoPermission(answer.headers().map().keySet());
    }

    @Test
    void aRequestWithoutAnOriginIsNoneOfItsBusiness() {
        var answer = server.get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertNoPermission(answer.headers().map().keySet());
    }

    private java.net.http.HttpResponse<String> preflight(String origin) {
        return server.send(
                "OPTIONS",
                "/health",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type");
    }

    private static void assertNoPermission(Iterable<String> headers) {
        assertThat(headers).noneMatch(name -> name.startsWith("access-control"));
    }

    private static HttpFixture serving(AllowedOrigins origins) {
        Handler.Sequence handlers = new Handler.Sequence(
                List.of(new HealthHandler(() -> {}, TimeSource.system()), new UnknownPathHandler()));
        return HttpFixture.serving(new CorsHandler(origins, handlers));
    }
}
