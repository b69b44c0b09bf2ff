package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebClientHandlerTest {

    private static final String INDEX = "<!doctype html><title>Rooms</title>" + " ".repeat(500);
    private static final String SCRIPT = "console.log('rooms')".repeat(100);

    @TempDir
    private Path classPath;

    private HttpFixture server;

    @BeforeEach
    void start() throws IOException {
        Path web = Files.createDirectories(classPath.resolve("web/assets"));
        Files.writeString(classPath.resolve("web/index.html"), INDEX);
        Files.writeString(web.resolve("app.js"), SCRIPT);
        Files.write(web.resolve("dot.png"), new byte[] {1, 2, 3});
        Files.writeString(classPath.resolve("secret.txt"), "secret");
        server = serving(classPath.toUri().toURL());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/r/", "/r/abc_-123"})
    void servesThePageAtItsOwnPathsAndAtRooms(String path) {
        var answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(INDEX);
        assertThat(header(answer, "content-type")).isEqualTo("text/html;charset=utf-8");
        assertThat(header(answer, "cache-control")).isEqualTo("no-cache");
    }

    @Test
    void guardsThePage() {
        var answer = server.get("/");

        assertThat(header(answer, "content-security-policy"))
                .contains("default-src 'self'", "connect-src 'self' ws: wss:", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
    }

    @Test
    void servesFilesByTheirType() {
        assertThat(header(server.get("/assets/app.js"), "content-type")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(server.bytes("/assets/dot.png").body()).containsExactly(1, 2, 3);
        assertThat(header(server.get("/assets/dot.png"), "content-type")).isEqualTo("image/png");
    }

    @Test
    void compressesForThoseWhoTakeIt() throws IOException {
        HttpResponse<byte[]> answer = server.bytes("/assets/app.js", "Accept-Encoding", "br, gzip");

        assertThat(header(answer, "content-encoding")).isEqualTo("gzip");
        assertThat(header(answer, "vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.body().length).isLessThan(SCRIPT.length());
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip;q=0", "identity", "br"})
    void doesNotCompressForOthers(String accepted) {
        var answer = server.get("/assets/app.js", "Accept-Encoding", accepted);

        assertThat(header(answer, "content-encoding")).isEmpty();
        assertThat(answer.body()).isEqualTo(SCRIPT);
    }

    @Test
    void doesNotCompressWhatWouldGrow() {
        assertThat(header(server.get("/assets/dot.png", "Accept-Encoding", "gzip"), "content-encoding"))
                .isEmpty();
    }

    @Test
    void savesTheTransferOfWhatTheBrowserHas() {
        String plain = header(server.get("/"), "etag");
        String compressed = header(server.get("/", "Accept-Encoding", "gzip"), "etag");

        var again = server.get("/", "If-None-Match", "\"other\", " + plain);

        assertThat(plain).startsWith("\"").isNotEqualTo(compressed);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "etag")).isEqualTo(plain);
        assertThat(server.get("/", "If-None-Match", compressed).statusCode()).isEqualTo(200);
        assertThat(server.get("/", "If-None-Match", "W/" + compressed, "Accept-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() {
        var answer = server.send("HEAD", "/assets/app.js");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(SCRIPT.length()));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void refusesToBeWrittenTo() {
        assertProblem(server.send("DELETE", "/index.html"), 405, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret.txt",
                "/../secret.txt",
                "/assets/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/%2e%2e%2fsecret.txt",
                "/..%5csecret.txt",
                "/assets//../../secret.txt",
                "/assets",
                "/assets/",
                "/r/a/b",
                "/web/index.html",
                "/index.html%00.png",
                "/META-INF/MANIFEST.MF",
            })
    void servesNothingElse(String path) {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 40").doesNotContain("secret", "Rooms");
    }

    @Test
    void readsTheFilesOutOfAJar() throws IOException {
        Path jar = classPath.resolve("client.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            write(out, "web/", "");
            write(out, "web/index.html", INDEX);
            write(out, "web/assets/app.js", SCRIPT);
            write(out, "secret.txt", "secret");
        }

        try (HttpFixture fromJar = serving(jar.toUri().toURL())) {
            assertThat(fromJar.get("/r/abc").body()).isEqualTo(INDEX);
            assertThat(fromJar.get("/assets/app.js").body()).isEqualTo(SCRIPT);
            assertThat(fromJar.get("/secret.txt").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> new WebClientHandler(getClass().getClassLoader(), "no-client"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no no-client/index.html on the class path");
    }

    private static void write(JarOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }

    private static HttpFixture serving(URL classPath) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classPath}, null)) {
            return HttpFixture.serving(new WebClientHandler(loader, "web"), new UnknownPathHandler());
        }
    }
}
