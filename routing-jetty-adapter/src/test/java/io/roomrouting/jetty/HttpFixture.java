package io.roomrouting.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;

/** A real server on a free port of the loopback interface, and two ways to talk to it. */
final class HttpFixture implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 40_000;

    private final HttpListener listener;
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpFixture(HttpListener listener) {
        this.listener = listener;
    }

    static HttpFixture serving(Handler... handlers) {
        return serving(loopback(), new Handler.Sequence(handlers));
    }

    static HttpFixture serving(ListenSettings settings, Handler handler) {
        return new HttpFixture(HttpListener.start(settings, handler));
    }

    static ListenSettings loopback() {
        return ListenSettings.onPort(0).withBindAddress("127.0.0.1");
    }

    int port() {
        return listener.port();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    HttpResponse<String> call(String method, String path, String body, String... headers) {
        BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return Http.text(client, request(method, path, publisher, headers));
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        return call(method, path, "", headers);
    }

    HttpResponse<byte[]> bytes(String path, String... headers) {
        return Http.send(client, request("GET", path, BodyPublishers.noBody(), headers), BodyHandlers.ofByteArray());
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofMillis(TIMEOUT_MILLIS))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    CompletableFuture<Integer> getLater(String path, String... headers) {
        return client.sendAsync(request("GET", path, BodyPublishers.noBody(), headers), BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    /** Sends these very bytes, and returns everything that comes back until the server ends the connection. */
    String raw(String request) {
        return raw(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    String raw(byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
