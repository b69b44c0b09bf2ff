package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksUrlTest {

    private static final Identity ALICE = Identity.of("alice");

    private final ManualTime time = ManualTime.create();
    private final JwtKey first = JwtKey.ofPair(Keys.p256()).withId("first");
    private final JwtKey second = JwtKey.ofPair(Keys.p256()).withId("second");
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI url;
    private final JwtVerifier verifier;
    private volatile Answer answer = published(JwtKeys.of(first));

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    JwksUrlTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serverThreads);
        server.createContext("/keys", exchange -> {
            requests.incrementAndGet();
            answer.to(exchange);
        });
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys?secret=s3cr3t");
        JwksUrl keys = JwksUrl.builder(url)
                .time(time)
                .timeout(Duration.ofSeconds(5))
                .pause(Duration.ofSeconds(10))
                .maxAge(Duration.ofMinutes(5))
                .build();
        verifier = JwtVerifier.builder(keys).time(time).build();
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serverThreads.shutdownNow();
    }

    @Test
    void keys_are_read_when_the_first_token_comes_and_then_kept() {
        assertThat(requests).hasValue(0);

        assertThat(authenticate(first)).isEqualTo(ALICE);
        assertThat(authenticate(first)).isEqualTo(ALICE);

        assertThat(requests).hasValue(1);
    }

    @Test
    void a_new_key_is_fetched_when_a_token_names_it() {
        authenticate(first);
        answer = published(JwtKeys.builder().signWith(second).verifyWith(first).build());
        time.advance(Duration.ofSeconds(10));

        assertThat(authenticate(second)).isEqualTo(ALICE);
        assertThat(authenticate(first)).isEqualTo(ALICE);
        assertThat(requests).hasValue(2);
    }

    @Test
    void made_up_key_names_cause_one_reading_in_a_pause() {
        authenticate(first);
        time.advance(Duration.ofSeconds(10).minusNanos(1));
        for (int i = 0; i < 50; i++) {
            assertUnknown(second.withId("made-up-" + i));
        }
        assertThat(requests).hasValue(1);

        time.advance(Duration.ofNanos(1));
        for (int i = 0; i < 50; i++) {
            assertUnknown(second.withId("made-up-" + i));
        }
        assertThat(requests).hasValue(2);
    }

    @Test
    void a_token_sealed_with_a_secret_is_never_accepted() {
        byte[] published = first.publicKey().orElseThrow().getEncoded();

        assertUnknown(JwtKey.hs256(published).withId("other"));
        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> authenticate(JwtKey.hs256(published).withId("first")));
    }

    @Test
    void the_last_good_keys_stay_in_use_while_the_url_does_not_answer() {
        authenticate(first);
        answer = status(500);
        time.advance(Duration.ofHours(1));

        assertThat(authenticate(first)).isEqualTo(ALICE);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(requests).hasValue(2));
        time.advance(Duration.ofSeconds(10));
        assertUnavailable(second);
        assertThat(authenticate(first)).isEqualTo(ALICE);

        answer = published(JwtKeys.of(second));
        time.advance(Duration.ofSeconds(10));
        assertThat(authenticate(second)).isEqualTo(ALICE);
    }

    @Test
    void without_any_keys_the_client_is_told_to_try_again() {
        answer = status(404);

        assertUnavailable(first);
        assertUnavailable(first);
        assertThat(requests).hasValue(1);

        answer = published(JwtKeys.of(first));
        time.advance(Duration.ofSeconds(10));
        assertThat(authenticate(first)).isEqualTo(ALICE);
    }

    @Test
    void an_address_where_nobody_listens_is_an_outage_too() {
        server.stop(0);

        assertUnavailable(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"})
    void an_answer_without_usable_keys_is_an_outage(String body) {
        authenticate(first);
        answer = exchange -> send(exchange, 200, body.getBytes(UTF_8));
        time.advance(Duration.ofSeconds(10));

        assertUnavailable(second);
        assertThat(authenticate(first)).isEqualTo(ALICE);
    }

    @Test
    void a_redirection_is_not_followed() {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            send(exchange, 302, new byte[0]);
        };
        server.createContext(
                "/elsewhere", exchange -> published(JwtKeys.of(first)).to(exchange));

        assertUnavailable(first);
    }

    @Test
    void an_answer_over_the_bound_is_broken_off() {
        byte[] padded = (JwtKeys.of(first).toJwks() + " ".repeat(Jwks.MAX_BYTES)).getBytes(UTF_8);
        answer = exchange -> send(exchange, 200, padded);
        assertUnavailable(first);

        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[4096]);
                }
            }
        };
        time.advance(Duration.ofSeconds(10));
        assertUnavailable(first);
    }

    @Test
    void a_server_that_hangs_holds_nobody_longer_than_the_time_out() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        JwtVerifier impatient = JwtVerifier.builder(JwksUrl.builder(url)
                        .time(time)
                        .timeout(Duration.ofMillis(200))
                        .pause(Duration.ofMillis(100))
                        .build())
                .time(time)
                .build();
        Answer beforeTheHeaders = exchange -> awaitEnd(end);
        Answer withinTheBody = exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd(end);
        };

        for (Answer hanging : new Answer[] {beforeTheHeaders, withinTheBody}) {
            answer = hanging;
            long start = System.nanoTime();
            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(() -> impatient.logins().authenticate(login(first)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            time.advance(Duration.ofMillis(100));
        }
        end.countDown();
    }

    @Test
    void withdrawn_keys_are_forgotten_in_the_background() {
        authenticate(first);
        answer = published(JwtKeys.of(second));
        String old = login(first);
        time.advance(Duration.ofMinutes(5).plusNanos(1));

        assertThat(verifier.logins().authenticate(old)).isEqualTo(ALICE);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                        .isThrownBy(() -> verifier.logins().authenticate(old)));
        assertThat(requests).hasValue(2);
    }

    @Test
    void many_that_need_the_keys_at_once_share_one_reading() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        answer = exchange -> {
            awaitEnd(release);
            published(JwtKeys.of(first)).to(exchange);
        };
        String token = login(first);
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            var identities = IntStream.range(0, 16)
                    .mapToObj(i -> clients.submit(() -> verifier.logins().authenticate(token)))
                    .toList();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(requests).hasValue(1));
            release.countDown();
            for (Future<Identity> identity : identities) {
                assertThat(identity.get(60, TimeUnit.SECONDS)).isEqualTo(ALICE);
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void an_outage_is_logged_once_and_without_what_is_secret() {
        PrintStream original = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        String token = login(first);
        try {
            answer = status(503);
            for (int i = 0; i < 3; i++) {
                assertUnavailable(first);
                time.advance(Duration.ofSeconds(10));
            }
            answer = published(JwtKeys.of(first));
            authenticate(first);
        } finally {
            System.setErr(original);
        }
        String lines = log.toString(UTF_8);

        assertThat(requests).hasValue(4);
        assertThat(lines).containsOnlyOnce("Cannot read the key set at http://127.0.0.1:");
        assertThat(lines).containsOnlyOnce("Read the key set at http://127.0.0.1:");
        assertThat(lines).contains("status 503").doesNotContain("s3cr3t").doesNotContain(token);
    }

    @Test
    void urls_and_settings_that_cannot_be_meant_are_refused() {
        for (String wrong :
                new String[] {"ftp://host/keys", "file:///keys", "/keys", "http:///keys", "https://u:p@host/k"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwksUrl.of(URI.create(wrong)))
                    .withMessageContaining("http(s)://host")
                    .withMessageNotContaining("u:p");
        }
        JwksUrl.Builder builder = JwksUrl.builder(url);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.timeout(Duration.ZERO))
                .withMessage("timeout = PT0S is not within PT0.01S to PT1M");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.pause(Duration.ofMillis(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxAge(Duration.ofDays(2)));
        assertThat(builder.build().toString()).contains("/keys").doesNotContain("s3cr3t");
    }

    private String login(JwtKey key) {
        return JwtIssuer.builder(JwtKeys.of(key)).time(time).build().issueLogin(ALICE);
    }

    private Identity authenticate(JwtKey key) {
        return verifier.logins().authenticate(login(key));
    }

    private void assertUnknown(JwtKey key) {
        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> authenticate(key))
                .withMessage("the token names a key (kid) that is not known here");
    }

    private void assertUnavailable(JwtKey key) {
        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(() -> authenticate(key))
                .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(10)));
    }

    private static Answer published(JwtKeys keys) {
        return exchange -> send(exchange, 200, keys.toJwks().getBytes(UTF_8));
    }

    private static Answer status(int status) {
        return exchange -> send(exchange, status, new byte[0]);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void awaitEnd(CountDownLatch end) throws IOException {
        try {
            if (!end.await(60, TimeUnit.SECONDS)) {
                throw new IOException("the test did not end");
            }
        } catch (InterruptedException e) {
            throw new IOException("the test ended", e);
        }
    }
}
