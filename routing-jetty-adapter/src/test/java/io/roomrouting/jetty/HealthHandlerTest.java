package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthHandlerTest {

    private final ManualTime time = ManualTime.create();

    @Test
    void tellsThatTheProcessAnswersAndWhen() {
        try (HttpFixture server = serving(() -> {})) {
            var answer = server.get("/health");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "content-type")).isEqualTo("application/json");
            assertThat(json(answer).path("status").textValue()).isEqualTo("ok");
            assertThat(Instant.parse(json(answer).path("timestamp").textValue()))
                    .isEqualTo(time.now());
        }
    }

    @Test
    void isReadyWhenTheCheckPasses() {
        try (HttpFixture server = serving(() -> {})) {
            var answer = server.get("/ready");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).path("status").textValue()).isEqualTo("ok");
        }
    }

    @Test
    void saysWhyItIsNotReadyWhileItStaysHealthy() {
        ReadinessCheck draining = () -> {
            throw RoutingException.unavailable(ErrorCode.HOST_DRAINING, "about to stop", Duration.ofMillis(1_200));
        };
        try (HttpFixture server = serving(draining)) {
            var answer = server.get("/ready");

            assertProblem(answer, 503, "HOST_DRAINING");
            assertThat(header(answer, "retry-after")).isEqualTo("2");
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBrokenCheckIsAFaultOfTheServer() {
        ReadinessCheck broken = () -> {
            throw new IllegalStateException("secret detail");
        };
        try (HttpFixture server = serving(broken)) {
            var answer = server.get("/ready");

            assertProblem(answer, 500, "INTERNAL_ERROR");
            assertThat(answer.body()).doesNotContain("secret");
        }
    }

    @Test
    void takesHeadAndRefusesPost() {
        try (HttpFixture server = serving(() -> {})) {
            var head = server.send("HEAD", "/health");
            var post = server.post("/health", "");

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(header(head, "content-length")).isNotEqualTo("0");
            assertProblem(post, 405, "INVALID_REQUEST");
            assertThat(header(post, "allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
    }

    private HttpFixture serving(ReadinessCheck readiness) {
        return HttpFixture.serving(new HealthHandler(readiness, time), new UnknownPathHandler());
    }
}
