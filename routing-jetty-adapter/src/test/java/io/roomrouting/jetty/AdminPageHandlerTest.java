package io.roomrouting.jetty;

import static io.roomrouting.jetty.Http.assertProblem;
import static io.roomrouting.jetty.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminPageHandlerTest {

    private static final Pattern IMPORT = Pattern.compile("^import .* from \"\\./([^\"]+)\";", Pattern.MULTILINE);
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    private final HttpFixture server = HttpFixture.serving(new AdminPageHandler(), new UnknownPathHandler());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesEveryFileOfItsFolderAndNoOther() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(AdminPageHandler.FILES);
        }
        for (String name : AdminPageHandler.FILES) {
            assertThat(server.bytes("/" + name).body()).as(name).isEqualTo(Files.readAllBytes(folder().resolve(name)));
        }
    }

    @Test
    void whatItsFilesReferToIsThere() throws IOException, URISyntaxException {
        for (String name : AdminPageHandler.FILES) {
            String text = Files.readString(folder().resolve(name));
            assertThat(references(text))
                    .as("what %s refers to", name)
                    .allSatisfy(other -> assertThat(AdminPageHandler.FILES).contains(other));
        }
        assertThat(references(Files.readString(folder().resolve("main.js")))).contains("console.js");
        assertThat(references(Files.readString(folder().resolve("index.html")))).contains("main.js");
    }

    @Test
    void aKeyIsNotNeededAndNothingIsKeptByBrowsers() {
        var answer = server.get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).isEqualTo("text/html;charset=utf-8");
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "etag");
        assertThat(answer.body()).isEqualTo(server.get("/index.html").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/main.js", "/admin.css", "/favicon.svg"})
    void guardsEveryFile(String path) {
        var answer = server.get(path);

        assertThat(header(answer, "content-security-policy"))
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "connect-src 'self'",
                        "frame-ancestors 'none'",
                        "form-action 'none'",
                        "base-uri 'none'",
                        "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "cross-origin-opener-policy")).isEqualTo("same-origin");
        assertThat(header(answer, "cross-origin-resource-policy")).isEqualTo("same-origin");
    }

    @Test
    void thePolicyIsEnoughForThePage() throws IOException, URISyntaxException {
        String page = Files.readString(folder().resolve("index.html"));

        assertThat(page).doesNotContain("<style", "style=", "javascript:").doesNotContainPattern("\\son[a-z]+=");
        assertThat(page).doesNotContainPattern("<script(?![^>]* src=)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin/index.html", "/../AdminHandler.class", "/AdminPageHandler.class", "/api/v1/", "/r/abc"})
    void leavesOtherPathsToTheNextHandler(String path) {
        assertThat(server.get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void takesNoMethodThatChanges() {
        assertProblem(server.post("/", ""), 405, "INVALID_REQUEST");
        assertThat(server.send("HEAD", "/main.js").body()).isEmpty();
    }

    @Test
    void worksBelowAPathOfItsOwn() {
        try (HttpFixture other = HttpFixture.serving(new ContextHandler(new AdminPageHandler(), "/admin"))) {
            assertThat(other.get("/admin/").body()).contains("main.js");
            assertThat(other.get("/admin/main.js").body()).contains("console.js");
        }
    }

    private static List<String> references(String text) {
        return Stream.of(IMPORT, REFERENCE)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Path folder() throws URISyntaxException {
        URL index = Objects.requireNonNull(AdminPageHandler.class.getResource("admin/index.html"));
        return Path.of(index.toURI()).resolveSibling("");
    }
}
