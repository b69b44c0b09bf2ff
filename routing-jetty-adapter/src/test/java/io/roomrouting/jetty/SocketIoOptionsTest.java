package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set: foreign pages, cookies, compression, refusals. */
class SocketIoOptionsTest {

    private static final String PAGE = "http://app.test";
    private static final String LONG = "4" + "abcdefgh".repeat(200);

    private SocketIoServer server;

    @BeforeEach
    void start() throws Exception {
        server = SocketIoServer.echo();
    }

    private void start(UnaryOperator<SocketIoHandlerBuilder> options) throws Exception {
        server.close();
        server = SocketIoServer.echo(options);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void anAllowedPageMayReadTheAnswers() throws Exception {
        start(options -> options.allowedOrigins(AllowedOrigins.of(PAGE)));

        HttpResponse<String> answer = server.get("transport=polling", "Origin", PAGE);

        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(PAGE);
        assertThat(header(answer, "access-control-allow-credentials")).isEqualTo("true");
        assertThat(header(answer, "vary")).isEqualTo("Origin");
    }

    @Test
    void anotherPageMayNot() throws Exception {
        start(options -> options.allowedOrigins(AllowedOrigins.of(PAGE)));

        HttpResponse<String> answer = server.get("transport=polling", "Origin", "http://evil.test");

        assertThat(answer.statusCode()).as("the browser hides it").isEqualTo(200);
        assertThat(header(answer, "access-control-allow-origin")).isEmpty();
        assertThat(header(answer, "vary")).isEqualTo("Origin");
    }

    @Test
    void theQuestionOfABrowserIsAnswered() throws Exception {
        start(options -> options.allowedOrigins(AllowedOrigins.of(PAGE)));

        HttpResponse<String> answer = server.send(
                "OPTIONS", "transport=polling", "Origin", PAGE, "Access-Control-Request-Headers", "x-one,x-two");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo(PAGE);
        assertThat(header(answer, "access-control-allow-methods")).isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
        assertThat(header(answer, "access-control-allow-headers")).isEqualTo("x-one,x-two");
        assertThat(header(answer, "vary")).isEqualTo("Origin|Access-Control-Request-Headers");
    }

    @Test
    void withoutForeignPagesThereAreNoSuchHeaders() throws Exception {
        HttpResponse<String> answer = server.get("transport=polling", "Origin", PAGE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "access-control-allow-credentials")).isEmpty();
        assertThat(header(answer, "vary")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"http://app.test, 101", "http://evil.test, 400", "null, 400", "http://localhost, 101"})
    void aWebSocketOfAForeignPageIsRefused(String origin, int status) throws Exception {
        start(options -> options.allowedOrigins(AllowedOrigins.of(PAGE)));
        try (RawClient client = server.raw()) {
            String head = client.request(
                    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                    "Sec-WebSocket-Key: " + RawClient.KEY,
                    "Origin: " + origin);

            assertThat(head).startsWith("HTTP/1.1 " + status + " ");
            if (status == 400) {
                assertThat(head).contains("Connection: close\r\n");
                assertThat(client.body(9)).isEqualTo("Forbidden");
            }
        }
    }

    @Test
    void aCookieKeepsAClientOnOneServer() throws Exception {
        start(options -> options.cookie("io"));

        HttpResponse<String> answer = server.get("transport=polling");

        String sid = answer.body().substring(9, 29);
        assertThat(header(answer, "set-cookie")).isEqualTo("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(header(server.post(sid, "4x"), "set-cookie")).isEmpty();
        assertThat(header(server.get("transport=polling&sid=" + sid), "set-cookie"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a=b", "a\nb"})
    void aNameThatIsNoneOfACookieIsRefused(String name) {
        assertThatThrownBy(() -> SocketIoHandler.builder().cookie(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cookie");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip|gzip", "deflate, gzip;q=0.5|gzip", "*|gzip", "gzip;q=0|", "br|", "identity|"})
    void aLongAnswerIsCompressedForThoseWhoCanReadIt(String accepted, String coding) throws Exception {
        String sid = server.open();
        server.post(sid, LONG);

        HttpResponse<byte[]> answer = server.bytes("transport=polling&sid=" + sid, "Accept-Encoding", accepted);

        assertThat(header(answer, "content-encoding")).isEqualTo(coding == null ? "" : coding);
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(answer.body().length));
        byte[] plain = coding == null
                ? answer.body()
                : new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertThat(new String(plain, UTF_8)).isEqualTo(LONG);
    }

    @Test
    void aShortAnswerIsNotCompressed() throws Exception {
        String sid = server.open();
        server.post(sid, LONG.substring(0, 1023));

        assertThat(header(server.get("transport=polling&sid=" + sid, "Accept-Encoding", "gzip"), "content-encoding"))
                .isEmpty();
    }

    @Test
    void compressionCanBeSwitchedOff() throws Exception {
        start(options -> options.httpCompression(false));
        String sid = server.open();
        server.post(sid, LONG);

        assertThat(server.get("transport=polling&sid=" + sid, "Accept-Encoding", "gzip")
                        .body())
                .isEqualTo(LONG);
    }

    @Test
    void whoMayNotConnectIsToldWhy() throws Exception {
        server.close();
        server = SocketIoServer.serving(options -> options.namespaces(name -> Optional.empty())
                .allowRequest(request ->
                        request.headers().containsKey("x-pass") ? Optional.empty() : Optional.of("Not you")));

        HttpResponse<String> refused = server.get("transport=polling");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"code\":4,\"message\":\"Not you\"}");
        assertThat(server.get("transport=polling", "X-Pass", "yes").statusCode())
                .isEqualTo(200);
        try (RawClient client = server.raw()) {
            assertThat(client.request(
                            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                            "Sec-WebSocket-Key: " + RawClient.KEY))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(client.body(7)).isEqualTo("Not you");
        }
    }

    @Test
    void aHandlerNeedsSomethingToConnectTo() {
        assertThatThrownBy(() -> SocketIoHandler.builder().build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SocketIoHandler.builder()
                        .namespaces(name -> Optional.empty())
                        .acceptor((connection, handshake) -> {
                            throw new AssertionError("nobody comes");
                        })
                        .build())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SocketIoHandler.builder().path("socket.io"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
