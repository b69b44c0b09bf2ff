package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir
    private Path folder;

    @Test
    void aServerWithAKeyStoreSpeaksHttps() throws Exception {
        Path file = TestKeyStore.in(folder);
        HttpClient client =
                HttpClient.newBuilder().sslContext(TestKeyStore.trusting(file)).build();
        ListenSettings settings =
                HttpFixture.loopback().withTls(new ListenSettings.KeyStoreFile(file, TestKeyStore.PASSWORD));

        try (HttpFixture server = HttpFixture.serving(settings, new HealthHandler(() -> {}, TimeSource.system()))) {
            var answer = Http.text(
                    client,
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/health"))
                            .build());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession()).isPresent();
        }
    }
}
