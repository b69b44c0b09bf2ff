package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenerTest {

    @Test
    void saysInOneLineThatAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ListenSettings settings =
                    ListenSettings.onPort(taken.getLocalPort()).withBindAddress("127.0.0.1");

            assertThatThrownBy(() -> HttpListener.start(settings, new UnknownPathHandler()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is in use or not allowed");
        }
    }

    @Test
    void saysThatAnAddressIsNotItsOwn() {
        ListenSettings settings = ListenSettings.onPort(0).withBindAddress("192.0.2.1");

        assertThatThrownBy(() -> HttpListener.start(settings, new UnknownPathHandler()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot listen on 192.0.2.1:0: ");
    }

    @Test
    void saysThatAnAddressDoesNotExist() {
        ListenSettings settings = ListenSettings.onPort(0).withBindAddress("no.such.host.invalid");

        assertThatThrownBy(() -> HttpListener.start(settings, new UnknownPathHandler()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot listen on no.such.host.invalid:0: ");
    }

    @Test
    void saysThatAKeyStoreIsNotUsable(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key.p12"), "not a key store");
        ListenSettings settings =
                HttpFixture.loopback().withTls(new ListenSettings.KeyStoreFile(file, "hidden-password"));

        assertThat(settings.toString()).doesNotContain("hidden-password");
        assertThatThrownBy(() -> HttpListener.start(settings, new UnknownPathHandler()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot use the key store " + file
                        + ": it is no PKCS #12 or JKS key store, or not a whole one");
    }

    @ParameterizedTest
    @CsvSource({"-1, port is -1", "65536, port is 65536"})
    void aPortHasBounds(int port, String message) {
        assertThatThrownBy(() -> ListenSettings.onPort(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void runsHandlersWithoutHandingThemToAnotherThread() {
        Handler[] seen = new Handler[1];
        try (HttpFixture server = HttpFixture.serving(
                new HealthHandler(() -> {}, TimeSource.system()), remember(seen), new UnknownPathHandler())) {
            server.get("/nowhere");

            assertThat(seen[0].getServer().getInvocationType()).isEqualTo(InvocationType.NON_BLOCKING);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1|400",
                "GET / HTTP/9.9\\r\\nHost: a|505",
                "GET /%zz HTTP/1.1\\r\\nHost: a|400",
                "GET /a%2fb HTTP/1.1\\r\\nHost: a|400",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b|400",
                "GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: x|400",
                "POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked|400",
                "nonsense|400",
            })
    void tellsMalformedRequestsAsProblems(String head, int status) {
        try (HttpFixture server = HttpFixture.serving(new UnknownPathHandler())) {
            String answer = server.raw(head.replace("\\r\\n", "\r\n") + "\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.").contains(" " + status + " ");
            assertThat(answer).contains("application/problem+json");
            assertProblem(json(answer.substring(answer.indexOf("\r\n\r\n") + 4)), status, codeOf(status));
        }
    }

    @Test
    void refusesHeadersWithoutEnd() {
        try (HttpFixture server = HttpFixture.serving(new UnknownPathHandler())) {
            String answer = server.raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(40_000) + "\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void aFailingHandlerTellsTheClientNothing() {
        Handler failing = handler((request, response, callback) -> {
            throw new IllegalStateException("secret of " + HttpListenerTest.class.getName());
        });
        try (HttpFixture server = HttpFixture.serving(failing)) {
            var answer = server.get("/");

            assertProblem(answer, 500, "INTERNAL_ERROR");
            assertThat(answer.body()).doesNotContain("secret");
            assertThat(header(answer, "server")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void believesOnlyTheEntriesOfItsOwnProxies(int proxies) {
        ListenSettings settings = HttpFixture.loopback().withTrustedProxies(proxies);
        Handler echo = handler((request, response, callback) -> {
            byte[] address = Request.getRemoteAddr(request).getBytes(StandardCharsets.US_ASCII);
            new Exchange(request, response, callback).send(200, address);
        });
        try (HttpFixture server = HttpFixture.serving(settings, echo)) {
            String seen = server.get("/", "X-Forwarded-For", "1.1.1.1, 2.2.2.2", "X-Forwarded-For", "3.3.3.3")
                    .body();
            String tooShort = server.get("/", "X-Forwarded-For", "").body();

            assertThat(seen).isEqualTo(new String[] {"127.0.0.1", "3.3.3.3", "2.2.2.2"}[proxies]);
            assertThat(tooShort).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void finishesWhatIsUnderWayBeforeItStops() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<Exchange> held = new CompletableFuture<>();
        Handler slow = handler((request, response, callback) -> {
            held.complete(new Exchange(request, response, callback));
            arrived.countDown();
        });
        HttpFixture server = HttpFixture.serving(slow);
        var answer = CompletableFuture.supplyAsync(() -> server.get("/"));
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();

        var stopped = CompletableFuture.runAsync(server::close);
        held.get().send(200, "done".getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("done");
        stopped.get(60, TimeUnit.SECONDS);
    }

    private static String codeOf(int status) {
        return status == 500 ? "INTERNAL_ERROR" : "INVALID_REQUEST";
    }

    @FunctionalInterface
    private interface Answering {
        void handle(Request request, Response response, Callback callback);
    }

    private static Handler handler(Answering answering) {
        return new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                answering.handle(request, response, callback);
                return true;
            }
        };
    }

    private static Handler remember(Handler[] seen) {
        return new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                seen[0] = this;
                return false;
            }
        };
    }
}
