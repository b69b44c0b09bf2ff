package io.roomrouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class CorrelationIdTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Optional<CorrelationId> ONE = CorrelationId.parse("one");
    private static final Optional<CorrelationId> OTHER = CorrelationId.parse("other");

    @AfterEach
    void forget() {
        MDC.clear();
    }

    @Test
    void a_fresh_one_looks_like_a_trace_id_and_comes_once() {
        Set<CorrelationId> seen = new HashSet<>();

        for (int i = 0; i < 10_000; i++) {
            seen.add(CorrelationId.random());
        }

        assertThat(seen).hasSize(10_000).allMatch(id -> id.value().matches("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.z_0-9", "0123456789012345678901234567890123456789012345678901234567890123"})
    void is_what_fits_into_a_header_and_a_log_line(String text) {
        assertThat(CorrelationId.parse(text)).contains(new CorrelationId(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a",
                "a b",
                "a\nb",
                "a\"b",
                "ä",
                "a/b",
                "\u0000",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void is_nothing_else(String text) {
        assertThat(CorrelationId.parse(text)).isEmpty();
        assertThatExceptionOfType(RoutingException.InvalidRequest.class).isThrownBy(() -> new CorrelationId(text));
    }

    @Test
    void a_request_is_called_by_its_trace_or_else_as_its_client_says() {
        String trace = "00-" + TRACE + "-b7ad6b7169203331-01";

        assertThat(in(Map.of("traceparent", trace, "X-Request-Id", "mine"))).contains(new CorrelationId(TRACE));
        assertThat(in(Map.of("X-Request-Id", "mine"))).contains(new CorrelationId("mine"));
        assertThat(in(Map.of("traceparent", "nonsense", "X-Request-Id", "mine")))
                .contains(new CorrelationId("mine"));
        assertThat(in(Map.of("X-Request-Id", "not one"))).isEmpty();
        assertThat(in(Map.of())).isEmpty();
    }

    @Test
    void a_trace_of_a_later_version_may_say_more() {
        String later = "cc-" + TRACE + "-b7ad6b7169203331-01-what-the-future-brings";

        assertThat(in(Map.of("traceparent", later))).contains(new CorrelationId(TRACE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void a_trace_that_breaks_the_standard_is_none(String traceparent) {
        assertThat(in(Map.of("traceparent", traceparent))).isEmpty();
    }

    @Test
    void log_lines_carry_it_during_the_work_and_then_again_what_they_did_before() {
        String inner = CorrelationId.during(ONE, () -> {
            Optional<CorrelationId> nested = CorrelationId.during(OTHER, CorrelationId::current);
            Optional<CorrelationId> none = CorrelationId.during(Optional.empty(), CorrelationId::current);
            return nested + " " + none + " " + MDC.get(CorrelationId.MDC_KEY);
        });

        assertThat(inner).isEqualTo(OTHER + " " + Optional.empty() + " one");
        assertThat(CorrelationId.current()).isEmpty();
    }

    @Test
    void what_the_work_throws_comes_out_and_the_id_is_gone() {
        assertThatIOException()
                .isThrownBy(() -> CorrelationId.<String, IOException>during(ONE, () -> {
                    throw new IOException("no");
                }));

        assertThat(CorrelationId.current()).isEmpty();
    }

    @Test
    void other_marks_of_the_application_stay() {
        MDC.put("tenant", "north");

        CorrelationId.during(ONE, () -> assertThat(MDC.get("tenant")).isEqualTo("north"));

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "north"));
    }

    @Test
    void work_takes_it_along_to_another_thread() throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        Runnable carried = CorrelationId.during(
                ONE,
                () -> CorrelationId.carriedOn(
                        () -> seen.append(CorrelationId.current().orElseThrow())));

        Thread other = new Thread(carried);
        other.start();
        other.join();

        assertThat(seen).hasToString("one");
        assertThat(CorrelationId.current()).isEmpty();
    }

    private static Optional<CorrelationId> in(Map<String, String> headers) {
        return CorrelationId.inRequest(name -> Optional.ofNullable(headers.get(name)));
    }
}
