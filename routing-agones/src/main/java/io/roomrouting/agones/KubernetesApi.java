package io.roomrouting.agones;

import io.roomrouting.RoutingException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the Kubernetes API.
 *
 * @param server for example {@code https://kubernetes.default.svc}; {@code http} only without a token or on this machine
 * @param tokenFile holds the bearer token; read for every call, since Kubernetes replaces it about once an hour; empty for
 *     a server that asks for none, such as {@code kubectl proxy}
 * @param authorities the certificates, in PEM, that the server's certificate must lead to; read when the scheduler is built;
 *     empty for those that the JVM trusts
 */
public record KubernetesApi(URI server, Optional<Path> tokenFile, Optional<Path> authorities) {

    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Checks the server.
     *
     * @throws RoutingException.InvalidRequest if it is not an HTTP address, or a token would travel in the clear
     */
    public KubernetesApi {
        boolean secure = "https".equals(server.getScheme());
        boolean plain = "http".equals(server.getScheme());
        String host = server.getHost();
        if ((!secure && !plain) || host == null || server.getRawUserInfo() != null || server.getRawQuery() != null) {
            throw RoutingException.invalid("server is https://host:port, with nothing behind it but a path");
        }
        if (plain && tokenFile.isPresent() && !THIS_MACHINE.contains(host)) {
            throw RoutingException.invalid("server is http, but the token must not travel in the clear: use https");
        }
    }

    /**
     * Reaches the API from a pod, as its service account.
     *
     * @return the API as Kubernetes tells every pod where it is
     * @throws RoutingException.InvalidRequest if this process runs in no pod
     */
    public static KubernetesApi inCluster() {
        return inCluster(System.getenv());
    }

    static KubernetesApi inCluster(Map<String, String> environment) {
        String host = required(environment.get("KUBERNETES_SERVICE_HOST"));
        String port = required(environment.get("KUBERNETES_SERVICE_PORT"));
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return new KubernetesApi(
                URI.create("https://" + bracketed + ":" + port),
                Optional.of(ACCOUNT.resolve("token")),
                Optional.of(ACCOUNT.resolve("ca.crt")));
    }

    private static String required(@Nullable String value) {
        if (value == null || value.isBlank()) {
            throw RoutingException.invalid(
                    "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set: this is no pod");
        }
        return value;
    }
}
