package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static io.roomrouting.jetty.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Authenticator;
import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever strangers send, the answer is the stated one and the server is well afterwards. */
class RoutingApiAbuseTest {

    private static final int LIMIT = 64 * 1024;

    private static ApiFixture api;
    private static String bearer;

    @BeforeAll
    static void start() {
        api = ApiFixture.start();
        bearer = api.bearer("alice");
    }

    @AfterAll
    static void stop() {
        assertThat(api.http.post("/api/login", "{\"userId\":\"alice\"}").statusCode())
                .isEqualTo(200);
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "\"alice\"",
                "42",
                "{",
                "{\"userId\"",
                "{\"userId\":\"alice\"",
                "{'userId':'alice'}",
                "{userId:\"alice\"}",
                "{\"userId\":\"alice\",}",
                "{\"userId\":\"alice\"}{}",
                "{\"userId\":\"alice\"} x",
                "{\"userId\":\"alice\",\"userId\":\"bob\"}",
                "{\"userId\":null}",
                "{\"userId\":42}",
                "{\"userId\":true}",
                "{\"userId\":[\"alice\"]}",
                "{\"userId\":{\"userId\":\"alice\"}}",
                "{\"userId\":\"\"}",
                "{\"userId\":\"  \"}",
                "{\"userId\":\"a\\u0000b\"}",
                "{\"userId\":\"a\\nb\"}",
                "{\"userId\":\"a\\u007fb\"}",
                "{\"userId\":\"\\ud800\"}",
                "{\"userId\":\"\\udc00\\ud800\"}",
                "{\"userId\":\"12345678901234567890123456789012345678901234567890123456789012345\"}",
                "{\"x\":NaN,\"userId\":\"alice\"}",
                "{\"x\":01,\"userId\":\"alice\"}",
                "/* hello */{\"userId\":\"alice\"}",
            })
    void refusesALoginThatIsNone(String body) {
        assertProblem(api.http.post("/api/login", body), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/login",
                "/api/login?",
                "/api/login?userId",
                "/api/login?userId=",
                "/api/login?userid=alice",
                "/api/login?userId=a%00b",
                "/api/login?userId=a&userId=b",
                "/api/login?userId=%ff%fe",
                "/api/login?userId=%zz",
            })
    void refusesALoginWhoseQueryIsNone(String target) {
        String answer = api.http.raw(
                "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertRaw(answer, 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "\"\"",
                "{\"type\":1}",
                "{\"type\":\"\"}",
                "{\"type\":\"a b\"}",
                "{\"region\":[]}",
                "{\"region\":\" \"}",
                "{\"maxClients\":\"x\"}",
                "{\"maxClients\":\"8\"}",
                "{\"maxClients\":0}",
                "{\"maxClients\":-1}",
                "{\"maxClients\":1.5}",
                "{\"maxClients\":1e3}",
                "{\"maxClients\":4294967297}",
                "{\"maxClients\":99999999999999999999999999}",
                "{\"maxClients\":1000001}",
                "{\"metadata\":[]}",
                "{\"metadata\":\"x\"}",
                "{\"metadata\":{\"a\":1}}",
                "{\"metadata\":{\"a\":{}}}",
                "{\"metadata\":{\"a\":\"\\ud800\"}}",
                "{\"metadata\":{\"\":\"a\"}}",
                "{\"metadata\":{\"a\":\"1\",\"a\":\"2\"}}",
                "{\"type\":\"a\",\"type\":\"a\"}",
            })
    void refusesWishesThatAreNone(String body) {
        assertProblem(api.http.post("/api/rooms", body, "Authorization", bearer), 400, "INVALID_REQUEST");
        assertProblem(api.http.post("/api/rooms/lobby", body, "Authorization", bearer), 400, "INVALID_REQUEST");
    }

    static List<String> oversizedWishes() {
        String seventeen = IntStream.range(0, 17)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        return List.of(
                "{\"metadata\":{" + seventeen + "}}",
                "{\"metadata\":{\"" + "k".repeat(65) + "\":\"v\"}}",
                "{\"metadata\":{\"k\":\"" + "v".repeat(257) + "\"}}",
                "{\"x\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}",
                "{\"x\":" + "{\"x\":".repeat(10_000) + "1" + "}".repeat(10_000) + "}",
                "{\"x\":1" + "0".repeat(10_000) + "}");
    }

    @ParameterizedTest
    @MethodSource("oversizedWishes")
    void refusesWishesWithoutMeasure(String body) {
        assertProblem(api.http.post("/api/rooms", body, "Authorization", bearer), 400, "INVALID_REQUEST");
    }

    static List<byte[]> wronglyEncoded() {
        return List.of(
                around(0xff),
                around(0xc3),
                around(0xc0, 0x80),
                around(0xe0, 0x80, 0x80),
                around(0xed, 0xa0, 0x80),
                around(0xf4, 0x90, 0x80, 0x80),
                "{\"userId\":\"alice\"}".getBytes(StandardCharsets.UTF_16),
                "{\"userId\":\"alice\"}".getBytes(StandardCharsets.UTF_16LE),
                "{\"userId\":\"Jürgen\"}".getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] around(int... bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"userId\":\"a".getBytes(StandardCharsets.US_ASCII));
        for (int b : bytes) {
            body.write(b);
        }
        body.writeBytes("b\"}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("wronglyEncoded")
    void refusesWhatIsNotUtf8(byte[] body) {
        assertRaw(api.http.raw(loginWith(body)), 400, "INVALID_REQUEST");
    }

    @Test
    void takesTextOutsideTheBasicPlane() {
        assertThat(api.http
                        .post("/api/login", "{\"userId\":\"\uD83D\uDE00\\ud83d\\ude00\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/jsonp",
                "text/json",
                "json",
                "",
            })
    void refusesOtherMediaTypes(String type) {
        assertProblem(
                api.http.post("/api/login", "{\"userId\":\"alice\"}", "Content-Type", type), 415, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/vnd.example+json",
                "application/json; profile=x",
            })
    void takesJsonByAnyOfItsNames(String type) {
        assertThat(api.http
                        .post("/api/login", "{\"userId\":\"alice\"}", "Content-Type", type)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void doesNotCareAboutTheTypeOfAnEmptyBody() {
        assertThat(api.http
                        .post("/api/login?userId=a", "", "Content-Type", "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesABodyOfExactlyTheLimit() {
        String body = "{\"userId\":\"alice\",\"x\":\"\"}";
        String padded = body.replace("\"\"", '"' + "x".repeat(LIMIT - body.length()) + '"');

        assertThat(api.http.post("/api/login", padded).statusCode()).isEqualTo(200);
        assertProblem(api.http.post("/api/login", padded + " "), 413, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 1_000_000, 10_000_000})
    void refusesLargerBodiesSoThatTheClientHearsOfIt(int size) {
        assertProblem(api.http.post("/api/login", " ".repeat(size)), 413, "INVALID_REQUEST");
        assertProblem(api.http.post("/api/rooms", " ".repeat(size), "Authorization", bearer), 413, "INVALID_REQUEST");
    }

    @Test
    void refusesALargerBodyWhoseLengthIsNotTold() {
        String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";

        String answer = api.http.raw("POST /api/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n" + chunk.repeat(3) + "0\r\n\r\n");

        assertRaw(answer, 413, "INVALID_REQUEST");
    }

    @Test
    void refusesAHugeBodyBeforeItIsSent() {
        String answer = api.http.raw("POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000000\r\n\r\n");

        assertRaw(answer, 413, "INVALID_REQUEST");
    }

    @Test
    void refusesBeforeTheClientIsToldToGoOn() {
        String answer = api.http.raw(
                "POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n");

        assertRaw(answer, 413, "INVALID_REQUEST");
        assertThat(answer).doesNotContain("100 Continue");
    }

    @Test
    void readsABodyThatComesInPieces() throws IOException {
        byte[] request = loginWith("{\"userId\":\"alice\"}".getBytes(StandardCharsets.UTF_8));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.http.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            for (byte piece : request) {
                socket.getOutputStream().write(piece);
                socket.getOutputStream().flush();
            }

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void aBodyThatEndsEarlyIsMalformed() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.http.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{\"userId\""
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertRaw(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1),
                    400,
                    "INVALID_REQUEST");
        }
    }

    @Test
    void aMalformedChunkIsMalformed() {
        assertRaw(
                api.http.raw("POST /api/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                400,
                "INVALID_REQUEST");
    }

    @Test
    void clientsThatStayAwayHoldNobodyUp() throws IOException {
        byte[] start = "POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"
                .getBytes(StandardCharsets.US_ASCII);
        Socket[] sockets = new Socket[300];
        try {
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] = new Socket(InetAddress.getLoopbackAddress(), api.http.port());
                sockets[i].getOutputStream().write(start);
            }

            assertThat(api.http.post("/api/login", "{\"userId\":\"alice\"}").statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void keepsTheConnectionAfterARefusal() throws IOException {
        String refused = "POST /api/rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.http.port())) {
            socket.setSoTimeout(20_000);
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(refused.getBytes(StandardCharsets.US_ASCII));
                assertThat(firstLine(socket.getInputStream())).startsWith("HTTP/1.1 401");
                skipAnswer(socket.getInputStream());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/rooms/a%2fb",
                "/api/rooms/..%2f..%2fetc",
                "/api/rooms/%2e%2e%2fx",
                "/api/rooms/a%00b",
                "/api/rooms/a%0d%0ab",
                "/api/rooms/a%20b",
                "/api/rooms/a.b",
                "/api/rooms/a!b",
                "/api/rooms/%C3%BC",
                "/api/rooms/%F0%9F%98%80",
                "/api/rooms/a%5cb",
            })
    void refusesNamesThatNoRoomCanHave(String path) {
        String answer = api.http.raw(
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: " + bearer + "\r\nConnection: close\r\n\r\n");

        assertRaw(answer, 400, "INVALID_REQUEST");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertProblem(api.http.get("/api/rooms/" + "a".repeat(101), "Authorization", bearer), 400, "INVALID_REQUEST");
        assertProblem(api.http.get("/api/rooms/" + "a".repeat(100), "Authorization", bearer), 404, "ROOM_NOT_FOUND");
    }

    @Test
    void readsANameThatIsEscapedWithoutNeed() {
        String room = api.newRoom();
        String escaped = "%" + Integer.toHexString(room.charAt(0)) + room.substring(1);

        assertThat(api.http
                        .get("/api/rooms/" + escaped, "Authorization", bearer)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesCredentialsBeforeItLooksAtTheRest() {
        assertProblem(api.http.post("/api/rooms", "nonsense"), 401, "UNAUTHENTICATED");
        assertProblem(api.http.post("/api/rooms", "nonsense", "Authorization", "Bearer x"), 401, "UNAUTHENTICATED");
        assertProblem(api.http.get("/api/rooms/a!b", "Authorization", "Bearer x"), 401, "UNAUTHENTICATED");
    }

    @Test
    void limitsLoginsAndRoomsPerAddress() {
        try (ApiFixture limited = ApiFixture.withApi(
                builder -> builder.loginLimit(RateLimit.perMinute(2)).roomLimit(RateLimit.perMinute(3)))) {
            String alice = limited.bearer("alice");
            for (int i = 0; i < 2; i++) {
                assertThat(limited.http.post("/api/login", "{\"userId\":\"a\"}").statusCode())
                        .isEqualTo(200);
            }
            var login = limited.http.post("/api/login", "{\"userId\":\"a\"}");
            assertProblem(login, 429, "RATE_LIMITED");
            assertThat(header(login, "retry-after")).isEqualTo("30");

            String room = limited.newRoom();
            limited.newRoom();
            assertThat(limited.http
                            .post("/api/rooms/lobby", "", "Authorization", alice)
                            .statusCode())
                    .isEqualTo(200);
            assertProblem(limited.http.post("/api/rooms", "", "Authorization", alice), 429, "RATE_LIMITED");
            assertProblem(limited.http.post("/api/rooms/lobby", "", "Authorization", alice), 429, "RATE_LIMITED");
            assertThat(limited.http
                            .get("/api/rooms/" + room, "Authorization", alice)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRouterThatWaitsHoldsNobodyElseUpAndIsNotAskedWithoutEnd() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Authenticator slow = token -> {
            try {
                if (!release.await(40, TimeUnit.SECONDS)) {
                    throw RoutingException.unauthenticated("nobody let go");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Identity.of("alice");
        };
        try (ApiFixture waiting = ApiFixture.withRouter(router -> router.authenticator(slow))) {
            List<CompletableFuture<Integer>> asked = IntStream.range(0, 1_100)
                    .mapToObj(i -> waiting.http.getLater("/api/rooms/x", "Authorization", "Bearer x"))
                    .toList();
            CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

            assertThat(waiting.http.post("/api/login", "{\"userId\":\"a\"}").statusCode())
                    .isEqualTo(200);
            release.countDown();
            List<Integer> statuses = asked.stream().map(CompletableFuture::join).toList();

            assertThat(statuses).containsOnly(404, 503);
            assertThat(statuses.stream().filter(status -> status == 404).count())
                    .isBetween(1_000L, 1_099L);
        }
    }

    private static byte[] loginWith(byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static void assertRaw(String answer, int status, String code) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
        assertProblem(json(answer.substring(answer.indexOf("\r\n\r\n") + 4)), status, code);
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void skipAnswer(InputStream in) throws IOException {
        int length = 0;
        for (String line = firstLine(in); !line.isBlank(); line = firstLine(in)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(
                        line.substring("Content-Length: ".length()).strip());
            }
        }
        in.readNBytes(length);
    }
}
