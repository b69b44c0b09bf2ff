package io.roomrouting.testkit.hathora;

import com.sun.net.httpserver.HttpExchange;
import io.roomrouting.TimeSource;
import io.roomrouting.testkit.hathora.RoomApi.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.concurrent.Executor;

/** Writes answers, good ones and bad ones. */
final class Prankster {

    private static final int HUGE = 10 << 20;
    private static final Duration DRIP = Duration.ofMillis(20);

    private final TimeSource time;
    private final Executor executor;

    Prankster(TimeSource time, Executor executor) {
        this.time = time;
        this.executor = executor;
    }

    void write(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        exchange.close();
    }

    /** Does something else than to answer. */
    void play(Prank prank, HttpExchange exchange, Answer answer, Mischief mischief, Mischief.Fate fate)
            throws IOException {
        switch (prank) {
            case NOT_JSON -> write(exchange, new Answer(answer.status(), "<html>please wait</html>"));
            case CUT_JSON ->
                write(
                        exchange,
                        new Answer(
                                answer.status(),
                                "{" + answer.json().substring(0, answer.json().length() / 2)));
            case MISSING_FIELDS -> write(exchange, new Answer(answer.status(), "{}"));
            case WRONG_TYPES ->
                write(
                        exchange,
                        new Answer(
                                answer.status(),
                                "{\"roomId\":7,\"status\":[],\"processId\":{},\"exposedPort\":\"x\",\"roomConfig\":1}"));
            case HUGE_BODY -> writeHuge(exchange, answer.status());
            case NO_ANSWER -> exchange.close();
            case HALF_AN_ANSWER -> writeHalf(exchange);
            case ENDLESS_BODY -> drip(exchange);
            case SILENCE -> time.schedule(Duration.ofMinutes(1), exchange::close);
            default -> writeStatus(prank, exchange, mischief, fate);
        }
    }

    private void writeStatus(Prank prank, HttpExchange exchange, Mischief mischief, Mischief.Fate fate)
            throws IOException {
        if (prank == Prank.TOO_MANY_REQUESTS) {
            switch (fate.retryHeader()) {
                case SECONDS ->
                    exchange.getResponseHeaders()
                            .set(
                                    "Retry-After",
                                    Long.toString(mischief.retryAfter().toSeconds()));
                case DATE ->
                    exchange.getResponseHeaders()
                            .set(
                                    "Retry-After",
                                    DateTimeFormatter.RFC_1123_DATE_TIME.format(time.now()
                                            .plus(mischief.retryAfter())
                                            .atOffset(ZoneOffset.UTC)));
                case NONE -> {}
            }
        }
        write(exchange, Answer.error(prank.status(), "a prank"));
    }

    private static void writeHuge(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, HUGE);
        byte[] blanks = new byte[1 << 16];
        Arrays.fill(blanks, (byte) ' ');
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < HUGE / blanks.length; i++) {
                out.write(blanks);
            }
        }
    }

    private static void writeHalf(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1_000);
        OutputStream out = exchange.getResponseBody();
        out.write("{\"roomId\":".getBytes(StandardCharsets.UTF_8));
        out.flush();
        exchange.close();
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        dripOn(exchange);
    }

    /** Until the other side has had enough. */
    private void dripOn(HttpExchange exchange) {
        time.schedule(
                DRIP,
                () -> executor.execute(() -> {
                    try {
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                        dripOn(exchange);
                    } catch (IOException e) {
                        exchange.close();
                    }
                }));
    }
}
