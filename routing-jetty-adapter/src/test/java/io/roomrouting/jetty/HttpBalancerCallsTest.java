package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.HostAddress;
import io.roomrouting.TimeSource;
import io.roomrouting.jetty.BalancerRegistration.Load;
import io.roomrouting.testkit.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire to a balancer, and what its answers mean. */
class HttpBalancerCallsTest {

    private static final String KEY = "a-key-of-the-balancers";
    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    private final List<String> requests = new CopyOnWriteArrayList<>();

    @Test
    void tellsNameLoadVersionAndCapacity() {
        try (HttpFixture balancer = answering(200)) {
            assertThat(get(calls("chat-1:80").register(base(balancer, ""), new Load(3, 51, true))))
                    .isEmpty();
            assertThat(get(calls("chat-1:80").unregister(base(balancer, "/")))).isEmpty();
            assertThat(get(calls("wss://[::1]:443").register(base(balancer, "/lb/"), new Load(0, 7, true))))
                    .isEmpty();
        }

        assertThat(requests)
                .containsExactly(
                        "PUT /register/chat-1%3A80/" + CPUS + "/3/1.0%2Bb7?capacity=51 " + KEY,
                        "DELETE /register/chat-1%3A80 " + KEY,
                        "PUT /lb/register/%5B%3A%3A1%5D%3A443/" + CPUS + "/0/1.0%2Bb7?capacity=7&scheme=https " + KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "401, refuses the key, refuses the key",
        "403, refuses the key, refuses the key",
        "404, takes no registrations,",
        "302, answered with status 302, answered with status 302",
        "503, answered with status 503, answered with status 503",
        "204, ,"
    })
    void saysWhatAnAnswerMeans(int status, String ofRegistering, String ofLeaving) {
        try (HttpFixture balancer = answering(status)) {
            assertThat(get(calls("chat-1:80").register(base(balancer, ""), new Load(3, 51, true))))
                    .isEqualTo(Optional.ofNullable(ofRegistering));
            assertThat(get(calls("chat-1:80").unregister(base(balancer, ""))))
                    .isEqualTo(Optional.ofNullable(ofLeaving));
        }

        assertThat(requests)
                .as("no redirect is followed, the key would go with it")
                .hasSize(2);
    }

    @Test
    void givesUpAfterASecondOnOneThatAcceptsAndNeverAnswers() throws IOException {
        ManualTime time = ManualTime.create();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI balancer = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            CompletableFuture<Optional<String>> answer =
                    new HttpBalancerCalls(KEY, HostAddress.parse("chat-1:80"), "1", time).unregister(balancer);
            time.advance(Duration.ofMillis(999));
            assertThat(answer).isNotDone();
            time.advance(Duration.ofMillis(1));

            assertThat(get(answer)).contains("did not answer within 1000 ms");
        }
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        int port;
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAtOnce.getLocalPort();
        }

        assertThat(get(calls("chat-1:80").unregister(URI.create("http://127.0.0.1:" + port))))
                .contains("cannot be reached");
    }

    private HttpFixture answering(int status) {
        return HttpFixture.serving(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                requests.add(request.getMethod() + " " + request.getHttpURI().getPathQuery() + " "
                        + request.getHeaders().get("X-API-Key"));
                response.getHeaders().put("Location", "/elsewhere");
                new Exchange(request, response, callback).send(status, "{}".getBytes(StandardCharsets.UTF_8));
                return true;
            }
        });
    }

    private static BalancerCalls calls(String address) {
        return new HttpBalancerCalls(KEY, HostAddress.parse(address), "1.0+b7", TimeSource.system());
    }

    private static URI base(HttpFixture balancer, String path) {
        return URI.create("http://127.0.0.1:" + balancer.port() + path);
    }

    private static Optional<String> get(CompletableFuture<Optional<String>> answer) {
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
