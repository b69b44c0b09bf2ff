package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.HostAddress;
import io.roomrouting.RoutingException;
import io.roomrouting.spi.HostProber;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Probes the hosts of a static list over HTTP: {@code POST /control/probe}, answered by {@link HostProbeHandler}. A host
 * whose address is {@code wss} is asked over {@code https}.
 *
 * <p>Thread-safe. The time-out is for the whole exchange, connecting and reading the reply included; a reply over 16 MiB
 * is refused, and redirects are not followed. Nothing needs to be closed: the client's threads end when it is no longer
 * used.
 */
public final class HttpHostProber implements HostProber {

    private static final int MOST_BYTES = 16 << 20;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Supplier<String> controlToken;
    private final HttpClient client;

    /**
     * Makes a prober.
     *
     * @param controlToken gives a token that the hosts accept for control, asked before each probe; a secret
     */
    public HttpHostProber(Supplier<String> controlToken) {
        this.controlToken = controlToken;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public ProbeReply probe(HostAddress host, ProbeRequest request, Duration timeout) {
        HttpRequest http = HttpRequest.newBuilder(target(host))
                .header("Authorization", "Bearer " + controlToken.get())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(ProbeJson.encode(request)))
                .build();
        HttpResponse<byte[]> response =
                await(host, timeout, client.sendAsync(http, head -> new BoundedBody(MOST_BYTES)));
        return switch (response.statusCode()) {
            case 200 -> read(host, response.body());
            case 401, 403 -> throw RoutingException.forbidden(host + " refuses this backend's probes");
            default -> throw unavailable(host, "answered a probe with status " + response.statusCode(), null);
        };
    }

    private static URI target(HostAddress host) {
        return URI.create((host.secure() ? "https://" : "http://") + host.authority() + HostProbeHandler.PATH);
    }

    private static HttpResponse<byte[]> await(
            HostAddress host, Duration timeout, CompletableFuture<HttpResponse<byte[]>> pending) {
        try {
            return pending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw unavailable(host, "did not answer a probe within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw unavailable(host, "could not be probed", e.getCause());
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(host, "was not probed to the end, the thread was interrupted", e);
        }
    }

    private static ProbeReply read(HostAddress host, byte[] body) {
        try {
            return ProbeJson.decodeReply(body);
        } catch (RoutingException.InvalidRequest e) {
            throw unavailable(host, "answered a probe with something else than a reply", e);
        }
    }

    private static RoutingException unavailable(HostAddress host, String what, @Nullable Throwable cause) {
        return RoutingException.unavailable(ErrorCode.SCHEDULER_UNAVAILABLE, host + " " + what, RETRY_AFTER, cause);
    }
}
