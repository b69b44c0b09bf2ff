package io.roomrouting.jetty;

import io.roomrouting.HostAddress;
import io.roomrouting.TimeSource;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code PUT} and {@code DELETE} of {@code register/…}. The time-out is for the whole exchange, connecting and reading the
 * answer included; redirects are not followed, since the key would go with them.
 */
final class HttpBalancerCalls implements BalancerCalls {

    static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(HttpBalancerCalls.class);
    private static final int MOST_BYTES = 64 * 1024;

    private final String key;
    private final String name;
    private final String version;
    private final String scheme;
    private final TimeSource time;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpBalancerCalls(String key, HostAddress address, String version, TimeSource time) {
        this.key = key;
        this.name = encoded(address.authority());
        this.version = encoded(version);
        this.scheme = address.secure() ? "&scheme=https" : "";
        this.time = time;
    }

    @Override
    public CompletableFuture<Optional<String>> register(URI balancer, BalancerRegistration.Load load) {
        String path = name + "/" + Runtime.getRuntime().availableProcessors() + "/" + load.rooms() + "/" + version
                + "?capacity=" + load.capacity() + scheme;
        return call(to(balancer, path).PUT(BodyPublishers.noBody()).build(), false);
    }

    @Override
    public CompletableFuture<Optional<String>> unregister(URI balancer) {
        return call(to(balancer, name).DELETE().build(), true);
    }

    private HttpRequest.Builder to(URI balancer, String path) {
        String base = balancer.toString();
        return HttpRequest.newBuilder(URI.create(base + (base.endsWith("/") ? "" : "/") + "register/" + path))
                .header("X-API-Key", key);
    }

    private CompletableFuture<Optional<String>> call(HttpRequest request, boolean mayBeUnknown) {
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        CompletableFuture<Optional<String>> tooLate = new CompletableFuture<>();
        TimeSource.Cancellable timer = time.schedule(
                TIMEOUT, () -> tooLate.complete(Optional.of("did not answer within " + TIMEOUT.toMillis() + " ms")));
        return pending.thenApply(response -> trouble(response.statusCode(), mayBeUnknown))
                .exceptionally(failure -> Optional.of(trouble(failure)))
                .applyToEither(tooLate, trouble -> {
                    timer.cancel();
                    pending.cancel(true);
                    return trouble;
                });
    }

    private static Optional<String> trouble(int status, boolean mayBeUnknown) {
        return switch (status) {
            case HttpStatus.OK_200, HttpStatus.CREATED_201, HttpStatus.NO_CONTENT_204 -> Optional.empty();
            case HttpStatus.UNAUTHORIZED_401, HttpStatus.FORBIDDEN_403 -> Optional.of("refuses the key");
            case HttpStatus.NOT_FOUND_404 -> mayBeUnknown ? Optional.empty() : Optional.of("takes no registrations");
            default -> Optional.of("answered with status " + status);
        };
    }

    private static String trouble(Throwable failure) {
        LOG.debug("A call to a load balancer failed", failure);
        boolean unreachable = failure instanceof ConnectException || failure.getCause() instanceof ConnectException;
        return unreachable ? "cannot be reached" : "did not answer properly";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
