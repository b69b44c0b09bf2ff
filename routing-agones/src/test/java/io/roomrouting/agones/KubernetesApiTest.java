package io.roomrouting.agones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.RoomSpec;
import io.roomrouting.RoutingException;
import io.roomrouting.agones.AllocationAnswer.Allocated;
import io.roomrouting.agones.AllocationAnswer.Unreachable;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the Kubernetes API is, and whom its clients trust. */
class KubernetesApiTest {

    private static final char[] PASSWORD = "not a secret".toCharArray();

    @TempDir
    private static Path directory;

    private static SSLContext here;
    private static SSLContext elsewhere;

    @BeforeAll
    static void makeCertificates() throws Exception {
        here = certified("here", "dns:localhost");
        elsewhere = certified("elsewhere", "dns:elsewhere.example.com");
    }

    @Test
    void aPodFindsItInItsEnvironment() {
        KubernetesApi api =
                KubernetesApi.inCluster(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443"));

        assertThat(api.server()).hasToString("https://[fd00::1]:443");
        assertThat(api.tokenFile().orElseThrow()).hasFileName("token");
        assertThat(api.authorities().orElseThrow()).hasFileName("ca.crt");
        assertThatThrownBy(() -> KubernetesApi.inCluster(Map.of())).hasMessageContaining("this is no pod");
    }

    @Test
    void aTokenDoesNotTravelInTheClear() {
        Optional<Path> token = Optional.of(Path.of("token"));

        assertThatThrownBy(() -> new KubernetesApi(URI.create("http://10.0.0.1:8001"), token, Optional.empty()))
                .isInstanceOf(RoutingException.InvalidRequest.class)
                .hasMessageContaining("use https");
        assertThat(new KubernetesApi(URI.create("http://127.0.0.1:8001"), token, Optional.empty()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "ftp://kubernetes", "https://me:secret@kubernetes", "https://kubernetes?a=b"})
    void anythingElseIsNoServer(String server) {
        assertThatThrownBy(() -> new KubernetesApi(URI.create(server), Optional.empty(), Optional.empty()))
                .isInstanceOf(RoutingException.InvalidRequest.class);
    }

    @Test
    void aServerIsBelievedIfItsCertificateLeadsToTheFile() {
        assertThat(allocateFrom(here, certificate("here"))).isInstanceOf(Allocated.class);
    }

    @Test
    void aServerWithAnotherCertificateIsNotBelieved() {
        assertThat(allocateFrom(here, certificate("elsewhere")))
                .isInstanceOfSatisfying(
                        Unreachable.class, answer -> assertThat(answer.why()).isInstanceOf(SSLException.class));
    }

    @Test
    void aServerOfAnotherNameIsNotBelieved() {
        assertThat(allocateFrom(elsewhere, certificate("elsewhere")))
                .isInstanceOfSatisfying(
                        Unreachable.class, answer -> assertThat(answer.why()).isInstanceOf(SSLException.class));
    }

    @Test
    void aFileWithoutCertificatesIsRefusedAtOnce() throws Exception {
        Path empty = Files.writeString(directory.resolve("ca.crt"), "");

        assertThatThrownBy(() -> new AllocationApi(
                        new KubernetesApi(URI.create("https://localhost"), Optional.empty(), Optional.of(empty)),
                        Fleet.of("games", FakeFleet.NAME)))
                .isInstanceOf(RoutingException.InvalidRequest.class)
                .hasMessageContaining("authorities");
    }

    private static AllocationAnswer allocateFrom(SSLContext tls, Path authorities) {
        FakeFleet fleet = new FakeFleet();
        fleet.add("rooms-a", 7001, 5);
        Fleet named = Fleet.of("games", FakeFleet.NAME);
        try (FakeKubernetes kubernetes = new FakeKubernetes(fleet, Optional.of(tls));
                AllocationApi api = new AllocationApi(
                        new KubernetesApi(kubernetes.uri(), Optional.empty(), Optional.of(authorities)), named)) {
            AllocationWish wish = new AllocationWish(named, RoomSpec.defaults().region(), Set.of());
            return api.allocate(wish, Duration.ofSeconds(10));
        }
    }

    /** Makes a key, and a certificate that it has signed itself. */
    private static SSLContext certified(String name, String alternative) throws Exception {
        Path store = directory.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + alternative,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                certificate(name).toString(),
                "-keystore",
                store.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static Path certificate(String name) {
        return directory.resolve(name + ".pem");
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", String.valueOf(PASSWORD)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
